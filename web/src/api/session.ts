/** Where the browser goes to sign in; it comes back to `returnTo`, a path on this origin. */
export function signInUrl(returnTo: string, screen?: 'sign-up'): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(screen && { screen }) });
  return `/session/sign-in?${query}`;
}

/** Our own page for people who are not signed in. */
export function welcomePath(returnTo: string): string {
  return returnTo === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ return_to: returnTo })}`;
}

/** Leaves for the welcome page, keeping the way back. For code that stands outside the router. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname !== '/sign-in') window.location.assign(welcomePath(pathname + search));
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
  const response = await fetch('/session/sign-out', {
    method: 'POST',
    headers: { accept: 'application/json', 'x-affluent-csrf': '1' },
  });
  if (!response.ok) throw new Error(`/session/sign-out answered ${response.status}`);
  const { redirectTo } = (await response.json()) as { readonly redirectTo: string };
  window.location.assign(redirectTo);
}
