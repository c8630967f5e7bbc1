import type { IncomingMessage } from 'node:http';

import { type Identity, InvalidTokenError, type VerifyToken } from '@affluent/service';

import type { SessionStore } from '../session/session-store.ts';

/** Who sent a request, and how to go on acting for them while a subscription outlives their access token. */
export interface Caller {
  readonly identity: Identity | undefined;
  /** The identity with a token that is still valid, where the caller's session can give one. */
  readonly refresh: () => Promise<Identity | undefined>;
}

interface CallerOptions {
  readonly publicUrl: string;
  readonly sessions: SessionStore;
  readonly verifyToken: VerifyToken;
}

export type IdentifyCaller = (request: IncomingMessage, authorization?: string) => Promise<Caller>;

const NOBODY: Caller = { identity: undefined, refresh: async () => undefined };

/**
 * Tells who calls: by the bearer token if there is one, else by the browser's session. The session counts only for
 * requests that our own pages sent: the browser says so in `Origin` or `Sec-Fetch-Site`, which scripts cannot forge.
 *
 * The function it returns throws {@link InvalidTokenError} for a bearer token that does not hold.
 */
export function createCallerReader({
  publicUrl,
  sessions,
  verifyToken,
}: CallerOptions): IdentifyCaller {
  const { origin } = new URL(publicUrl);
  return async (request, authorization = request.headers.authorization) => {
    if (authorization !== undefined) {
      const identity = await verifyToken(authorization);
      return { identity, refresh: async () => identity };
    }
    if (!isFromOurPages(request, origin)) return NOBODY;
    const refresh = async (): Promise<Identity | undefined> => {
      const token = await sessions.accessTokenOf(request);
      if (!token) return undefined;
      // A token that a session gave and that does not hold any more is a session that has ended.
      return verifyToken(`Bearer ${token}`).catch((error: unknown) => {
        if (error instanceof InvalidTokenError) return undefined;
        throw error;
      });
    };
    return { identity: await refresh(), refresh };
  };
}

/** Whether the browser says that the request comes from a page of this origin, or says nothing of its own. */
export function isFromOurPages({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined && headers.origin !== origin) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}
