/** Where the browser goes to sign in; it comes back to `returnTo`, a path on this origin. */
export function signInUrl(returnTo: string, screen?: 'sign-up'): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(screen && { screen }) });
  return `/session/sign-in?${query}`;
}

/** Where somebody who is signed in proves again who they are; the browser comes back to the page that is open. */
export function signInAgainUrl(): string {
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ prompt: 'login', return_to: pathname + search });
  return `/session/sign-in?${query}`;
}

/** Why somebody who was signed in stands on the welcome page. */
export type WelcomeNotice = 'ended' | 'everywhere';

/** Our own page for people who are not signed in. */
export function welcomePath(returnTo: string, notice?: WelcomeNotice): string {
  const query = new URLSearchParams({
    ...(returnTo !== '/' && { return_to: returnTo }),
    ...(notice && { notice }),
  });
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
}

/** While the page itself ends the session, its end is no surprise. */
let isSigningOut = false;

/** Leaves for the welcome page because the session has ended, keeping the way back. Stands outside the router. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (isSigningOut || pathname === '/sign-in') return;
  window.location.assign(welcomePath(pathname + search, 'ended'));
}

/** Whether the browser has a living session. Throws when the server does not answer. */
export async function isSignedIn(): Promise<boolean> {
  const response = await fetch('/session', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`/session answered ${response.status}`);
  const session = (await response.json()) as { readonly signedIn: boolean };
  return session.signedIn;
}

/** Ends the session and leaves the page. Throws when the server does not answer. */
export async function signOut(): Promise<void> {
  isSigningOut = true;
  try {
    window.location.assign(await endSession());
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
}

/** Leaves for the welcome page once the graph has ended this session. Throws what `end` throws. */
export async function signOutBy(
  end: () => Promise<unknown>,
  notice?: WelcomeNotice,
): Promise<void> {
  isSigningOut = true;
  try {
    await end();
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
  // What the browser keeps of the session goes too; without an answer it is over all the same.
  await endSession().catch(() => {});
  window.location.assign(welcomePath('/', notice));
}

/** Ends the session of this browser at the gateway; answers where to sign out at the provider. */
async function endSession(): Promise<string> {
  const response = await fetch('/session/sign-out', {
    method: 'POST',
    headers: { accept: 'application/json', 'x-affluent-csrf': '1' },
  });
  if (!response.ok) throw new Error(`/session/sign-out answered ${response.status}`);
  const { redirectTo } = (await response.json()) as { readonly redirectTo: string };
  return redirectTo;
}
