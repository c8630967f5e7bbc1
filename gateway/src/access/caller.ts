import type { IncomingMessage } from 'node:http';

import {
  graphResourceOf,
  type Identity,
  InvalidTokenError,
  type VerifyToken,
} from '@affluent/service';

import { isFromOurPages } from '../session/is-from-our-pages.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { VerifyProof } from './dpop.ts';
import { PERSONAL_TOKEN, type TokenExchange } from './token-exchange.ts';

/** Who sent a request, and how to go on acting for them while a subscription outlives their access token. */
export interface Caller {
  readonly identity: Identity | undefined;
  /** The identity with a token that is still valid, where the caller's session can give one. */
  readonly refresh: (options?: RefreshOptions) => Promise<Identity | undefined>;
  /** To be called when a subgraph refuses the identity: what we keep of it in memory has been ended elsewhere. */
  readonly forget: () => Promise<void>;
}

interface RefreshOptions {
  /**
   * Whether a person asks for something now, which puts off the idle end of their session. Default: no, as for what an open page
   * does by itself.
   */
  readonly isUse?: boolean;
}

interface IdentifyOptions extends RefreshOptions {
  /** Default: the request's header. */
  readonly authorization?: string | undefined;
}

interface CallerOptions {
  readonly publicUrl: string;
  readonly sessions: SessionStore;
  /** Accepts tokens that are bound to a key. */
  readonly verifyToken: VerifyToken;
  readonly verifyProof: VerifyProof;
  readonly tokens: TokenExchange;
}

export type IdentifyCaller = (
  request: IncomingMessage,
  options?: IdentifyOptions,
) => Promise<Caller>;

/** A request with it was sent by a page on its own, with nobody at the browser. */
const UNATTENDED_HEADER = 'x-affluent-unattended';

const NOTHING_KEPT = async (): Promise<void> => {};
const NOBODY: Caller = {
  identity: undefined,
  refresh: async () => undefined,
  forget: NOTHING_KEPT,
};

/**
 * Tells who calls: by the `Authorization` header if there is one (an access token, bound to a key or not, or a personal
 * access token), else by the browser's session. The session counts only for requests that our own pages sent: the
 * browser says so in `Origin` or `Sec-Fetch-Site`, which scripts cannot forge.
 *
 * The function it returns throws {@link InvalidTokenError} for a token or proof that does not hold.
 */
export function createCallerReader(options: CallerOptions): IdentifyCaller {
  const { publicUrl, sessions, verifyToken, verifyProof, tokens } = options;
  const { origin } = new URL(publicUrl);
  const url = graphResourceOf(publicUrl);

  const byAccessToken = async (
    request: IncomingMessage,
    scheme: string,
    accessToken: string,
  ): Promise<Caller> => {
    const identity = await verifyToken(`Bearer ${accessToken}`);
    const isProved = scheme.toLowerCase() === 'dpop';
    const keyThumbprint = identity?.keyThumbprint;
    if (keyThumbprint === undefined && isProved)
      throw new InvalidTokenError('The access token is bound to no key: send it as Bearer.');
    if (keyThumbprint === undefined)
      return { identity, refresh: async () => identity, forget: NOTHING_KEPT };
    if (!isProved) {
      throw new InvalidTokenError(
        'The access token is bound to a key: send it as DPoP, with a proof.',
      );
    }
    const { method = '', headers } = request;
    const proof = typeof headers.dpop === 'string' ? headers.dpop : undefined;
    await verifyProof({ proof, method, url, accessToken, keyThumbprint });
    return byExchange(accessToken);
  };

  const byExchange = async (presented: string): Promise<Caller> => {
    const refresh = async (): Promise<Identity | undefined> =>
      verifyToken(`Bearer ${await tokens.exchange(presented)}`);
    return {
      identity: await refresh(),
      refresh,
      forget: async () => tokens.forget(presented),
    };
  };

  const bySession = async (request: IncomingMessage, options: RefreshOptions): Promise<Caller> => {
    const isUnattended = request.headers[UNATTENDED_HEADER] !== undefined;
    const refresh = async ({ isUse = false }: RefreshOptions = {}): Promise<
      Identity | undefined
    > => {
      const token = await sessions.accessTokenOf(request, isUse && !isUnattended);
      if (!token) return undefined;
      // A token that a session gave and that does not hold any more is a session that has ended.
      return verifyToken(`Bearer ${token}`).catch((error: unknown) => {
        if (error instanceof InvalidTokenError) return undefined;
        throw error;
      });
    };
    const forget = async (): Promise<void> => {
      const session = await sessions.cookie.read(request);
      if (session) sessions.forget(session.sessionId);
    };
    return { identity: await refresh(options), refresh, forget };
  };

  return async (request, { authorization = request.headers.authorization, ...options } = {}) => {
    if (authorization === undefined)
      return isFromOurPages(request, origin) ? bySession(request, options) : NOBODY;
    const [, scheme, token] = /^(Bearer|DPoP) (\S+)$/i.exec(authorization) ?? [];
    if (!scheme || !token) {
      throw new InvalidTokenError(
        'The Authorization header must be "Bearer" or "DPoP" and a token.',
      );
    }
    if (/^bearer$/i.test(scheme) && PERSONAL_TOKEN.test(token)) return byExchange(token);
    assertWellFormed(token);
    return byAccessToken(request, scheme, token);
  };
}

/** @throws {InvalidTokenError} that says what kind of token it is not. */
function assertWellFormed(token: string): void {
  if (token.startsWith('aff_pat_')) {
    throw new InvalidTokenError(
      'The personal access token is malformed: "aff_pat_" and 43 characters are expected. Is it whole?',
    );
  }
  if (!JWT.test(token)) {
    throw new InvalidTokenError(
      'The access token is malformed: neither a JWT nor a personal access token ("aff_pat_…").',
    );
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
