import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';

/** Where the middleware leaves the code of the address for the page. */
const STATE = 'userCode';

/**
 * A link of a device may bring the code along (RFC 8628, 3.3.1). oidc-provider would answer with a page that sends itself
 * by script; people get the form with the code filled in instead, and see what they are about to confirm.
 */
export function fillInUserCodes(provider: Provider): void {
  provider.use(async (ctx, next) => {
    const { user_code: userCode } = ctx.query;
    if (ctx.method === 'GET' && ctx.path === '/device' && typeof userCode === 'string') {
      ctx.state[STATE] = userCode;
      ctx.querystring = '';
    }
    await next();
  });
}

/** The code that the person has typed, or that the link brought along. */
export function presentedUserCode(ctx: KoaContextWithOIDC): string {
  const code: unknown = ctx.oidc.params?.user_code ?? ctx.state[STATE];
  return typeof code === 'string' ? code.slice(0, 20) : '';
}
