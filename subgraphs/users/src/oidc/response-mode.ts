import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';

/** How an answer goes back to a client: in the query of its redirect address, and in no other way. */
const RESPONSE_MODE = 'query';

/** oidc-provider offers each client three ways; this leaves the one, and says so in the discovery document. */
export function limitResponseModes(provider: Provider): void {
  provider.Client.prototype.responseModeAllowed = (mode, responseType) =>
    // Other types are refused in the very next step, by a better name.
    mode === RESPONSE_MODE || responseType !== 'code';
  provider.use(async (ctx, next) => {
    await next();
    if ((ctx as KoaContextWithOIDC).oidc?.route !== 'discovery') return;
    Object.assign(ctx.body as object, { response_modes_supported: [RESPONSE_MODE] });
  });
}
