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

/** The sender of a request. It can be renewed while a subscription outlives its access token. */
export interface Caller {
  readonly identity: Identity | undefined;
  /** The identity with a token that is still valid, where the caller's session can provide one. */
  readonly refresh: (options?: RefreshOptions) => Promise<Identity | undefined>;
  /** To be called when a subgraph refuses the identity: drops cached tokens, which have been revoked. */
  readonly forget: () => Promise<void>;
}

interface RefreshOptions {
  /**
   * Whether the request is a person's use of the session, which postpones its idle timeout. Default: no, as for requests that an
   * open page sends by itself.
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

/** Marks a request that a page sent by itself, without a person's action. */
const UNATTENDED_HEADER = 'x-affluent-unattended';

const NOTHING_CACHED = async (): Promise<void> => {};
const ANONYMOUS: Caller = {
  identity: undefined,
  refresh: async () => undefined,
  forget: NOTHING_CACHED,
};

/**
 * Identifies callers: by the `Authorization` header if there is one (an access token, bound to a key or not, or a personal
 * access token), else by the browser's session. The session counts only for requests of our own pages, by the headers `Origin`
 * and `Sec-Fetch-Site`, which scripts cannot forge.
 *
 * The function it returns throws {@link InvalidTokenError} for a token or proof that is not valid.
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
      throw new InvalidTokenError('The access token is not bound to a key: send it as Bearer.');
    if (keyThumbprint === undefined)
      return { identity, refresh: async () => identity, forget: NOTHING_CACHED };
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
      // The token came from a session: when it is not valid any more, the session has ended.
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
      return isFromOurPages(request, origin) ? bySession(request, options) : ANONYMOUS;
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

/** @throws {InvalidTokenError} for a text that is no token of either kind. */
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
