import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';

/** The only way an answer reaches a client: in the query of its redirect address. */
const RESPONSE_MODE = 'query';

/** Disables the other response modes of oidc-provider, in the discovery document too. */
export function limitResponseModes(provider: Provider): void {
  provider.Client.prototype.responseModeAllowed = (mode, responseType) =>
    // Other response types are refused in the next step, with a more specific error.
    mode === RESPONSE_MODE || responseType !== 'code';
  provider.use(async (ctx, next) => {
    await next();
    if ((ctx as KoaContextWithOIDC).oidc?.route !== 'discovery') return;
    Object.assign(ctx.body as object, { response_modes_supported: [RESPONSE_MODE] });
  });
}
