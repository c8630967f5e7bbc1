import type { MikroORM } from '@mikro-orm/postgresql';
import Provider, { type Adapter, errors, type KoaContextWithOIDC } from 'oidc-provider';

import { admit } from '../attempts/counted-attempt.ts';

/** The page of the device flow, below the issuer. */
const PAGE = /^\/device\/?$/i;

/** Key under which the middleware passes the link's code to the page. */
const STATE = 'userCode';

/**
 * A device's link may contain the code (RFC 8628, 3.3.1). oidc-provider would answer with a page that submits itself by
 * script. Show the form with the code filled in instead, so that people see what they are about to confirm.
 */
export function fillInUserCodes(provider: Provider): void {
  provider.use(async (ctx, next) => {
    const { user_code: userCode } = ctx.query;
    if (ctx.method === 'GET' && PAGE.test(ctx.path) && typeof userCode === 'string') {
      ctx.state[STATE] = userCode;
      ctx.querystring = '';
    }
    const session = ctx.cookies.get(provider.cookieName('session'), { signed: false });
    if (ctx.method === 'POST' && PAGE.test(ctx.path) && session === undefined) {
      // The form belongs to a session, without which oidc-provider answers 500. Show a new form instead.
      ctx.status = 303;
      ctx.set('location', `${provider.issuer}/device`);
      return;
    }
    await next();
  });
}

/** Limits guesses: codes are short, because people type them (RFC 8628, 5.1). Every lookup of a code comes through here. */
export function withFewGuesses(orm: MikroORM, payloads: Adapter): Adapter {
  return {
    ...payloads,
    async findByUserCode(userCode) {
      const address = Provider.ctx?.ip ?? '';
      if (!(await admit(orm.em, 'USER_CODE', address))) throw new errors.SlowDown();
      return payloads.findByUserCode(userCode);
    },
  };
}

/** The code that the person typed, or that the link contains. */
export function presentedUserCode(ctx: KoaContextWithOIDC): string {
  const code: unknown = ctx.oidc.params?.user_code ?? ctx.state[STATE];
  return typeof code === 'string' ? code.slice(0, 20) : '';
}
