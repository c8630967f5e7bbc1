/** The URL to sign in at; the browser then returns to `returnTo`, a path on this origin. */
export function signInUrl(returnTo: string, screen?: 'sign-up'): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(screen && { screen }) });
  return `/session/sign-in?${query}`;
}

/** The URL to authenticate again at; the browser then returns to the current page. */
export function signInAgainUrl(): string {
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ prompt: 'login', return_to: pathname + search });
  return `/session/sign-in?${query}`;
}

/** Why a session ended, shown on the welcome page. */
export type WelcomeNotice = 'ended' | 'everywhere';

/** The path of the welcome page. */
export function welcomePath(returnTo: string, notice?: WelcomeNotice): string {
  const query = new URLSearchParams({
    ...(returnTo !== '/' && { return_to: returnTo }),
    ...(notice && { notice }),
  });
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
}

/** Suppresses the redirect of `leaveForSignIn` while the page itself ends the session. */
let isSigningOut = false;

/** Redirects to the welcome page because the session has ended, with the current page to return to. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (isSigningOut || pathname === '/sign-in') return;
  window.location.assign(welcomePath(pathname + search, 'ended'));
}

/** Whether the browser has an active session. @throws {Error} when the server does not answer. */
export async function isSignedIn(): Promise<boolean> {
  const response = await fetch('/session', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`/session answered ${response.status}`);
  const session = (await response.json()) as { readonly signedIn: boolean };
  return session.signedIn;
}

/** Ends the session and leaves the page. @throws {Error} when the server does not answer. */
export async function signOut(): Promise<void> {
  isSigningOut = true;
  try {
    window.location.assign(await endSession());
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
}

/** Redirects to the welcome page once `end` has ended this session in the graph. Rejects when `end` does. */
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
  // Also removes the cookie; the session has ended even when this request fails.
  await endSession().catch(() => {});
  window.location.assign(welcomePath('/', notice));
}

/** Ends the browser's session at the gateway, and returns the URL to sign out at the provider. */
async function endSession(): Promise<string> {
  const response = await fetch('/session/sign-out', {
    method: 'POST',
    headers: { accept: 'application/json', 'x-affluent-csrf': '1' },
  });
  if (!response.ok) throw new Error(`/session/sign-out answered ${response.status}`);
  const { redirectTo } = (await response.json()) as { readonly redirectTo: string };
  return redirectTo;
}
