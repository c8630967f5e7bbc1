import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

interface SignedIn {
  readonly accountId: string;
  /** Identifies the session while the same person is signed in. Not a secret. */
  readonly sessionUid: string;
  /** When the person last proved who they are. */
  readonly signedInAt: Date;
}

/** The sign-in of this browser at the identity provider, outside of any interaction; undefined without one. */
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

/** How long after a sign-in new sign-in methods can be added. */
const RECENT_MILLISECONDS = 15 * 60_000;

export const isRecent = ({ signedInAt }: Pick<SignedIn, 'signedInAt'>): boolean =>
  Date.now() - signedInAt.getTime() <= RECENT_MILLISECONDS;
