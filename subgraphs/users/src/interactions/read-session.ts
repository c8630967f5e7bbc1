import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

interface SignedIn {
  readonly accountId: string;
  /** Names the session as long as the same person is signed in; it is no secret of the browser's. */
  readonly sessionUid: string;
  /** When the person last proved who they are. */
  readonly signedInAt: Date;
}

/** Who is signed in at the provider in this browser, outside of any interaction; undefined when nobody is. */
export async function readSession(
  provider: Provider,
  req: Request,
  res: Response,
): Promise<SignedIn | undefined> {
  const session = await provider.Session.get(provider.createContext(req, res));
  if (!session.accountId) return undefined;
  return {
    accountId: session.accountId,
    sessionUid: session.uid,
    signedInAt: new Date((session.loginTs ?? 0) * 1000),
  };
}

/** For 15 minutes after a sign-in, ways to sign in can be added. */
const RECENT_MILLISECONDS = 15 * 60_000;

export const isRecent = ({ signedInAt }: Pick<SignedIn, 'signedInAt'>): boolean =>
  Date.now() - signedInAt.getTime() <= RECENT_MILLISECONDS;
