import { createBrowser } from '@affluent/client/testing';
import { expect, test } from 'vitest';

import { askGraph, authorizationUrl, formToken, openBrowser, type Product } from './product.ts';

export function signOutTests(product: () => Product): void {
  /** The web client's session in a browser of its own. */
  async function signIn() {
    const { origin, account } = product();
    const browser = openBrowser(product());
    const start = await fetch(`${origin}/session/sign-in`, { redirect: 'manual' });
    const signIn = String(start.headers.get('location'));
    const page = await browser.visit(signIn);
    await browser.visit(page.url, account);
    /** Whether the browser is signed in at the provider. */
    const isSignedIn = async () =>
      !(await browser.visit(authorizationUrl(product()))).body.includes('<h1>Sign in</h1>');
    expect(await isSignedIn()).toBe(true);
    return { ...browser, isSignedIn };
  }
  const endSession = (parameters: Readonly<Record<string, string>> = {}): URL =>
    new URL(`${product().issuer}/session/end?${new URLSearchParams(parameters).toString()}`);

  test('opening the address does not sign out, and neither does a form of another site', async () => {
    const { visit, isSignedIn } = await signIn();
    const page = await visit(endSession());
    expect(page.body).toContain('<h1>Sign out</h1>');
    expect(page.body).not.toContain('<script');
    await visit(`${product().issuer}/session/end/confirm`, { logout: 'yes' });
    await visit(`${product().issuer}/session/end/confirm`, { logout: 'yes', xsrf: 'wrong' });
    expect(await isSignedIn()).toBe(true);
  });

  test('who confirms is signed out, and sent only where the client registered', async () => {
    const { confidential } = product();
    const { visit, isSignedIn } = await signIn();
    const client_id = confidential.clientId;
    for (const address of ['https://evil.example/', 'https://app.example.org/goodbye/more']) {
      const refused = await visit(endSession({ client_id, post_logout_redirect_uri: address }));
      expect(refused.status).toBe(400);
    }
    const ignored = await visit(endSession({ post_logout_redirect_uri: 'https://evil.example/' }));
    expect(ignored.body).not.toContain('evil.example');
    const page = await visit(
      endSession({
        client_id,
        post_logout_redirect_uri: 'https://app.example.org/goodbye',
        state: 's',
      }),
    );
    const xsrf = formToken(page.body);
    const out = await visit(`${product().issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(out.url.href).toBe('https://app.example.org/goodbye?state=s');
    expect(await isSignedIn()).toBe(false);
  });

  test('a person ends another of their sessions, whose cookie is worth nothing from then on', async () => {
    const { origin, account, person } = product();
    const browser = createBrowser({ stopAt: ({ pathname }) => pathname === '/datasets' });
    const page = await browser.visit(`${origin}/session/sign-in?return_to=/datasets`);
    await browser.visit(page.url, account);
    const cookie = await browser.cookiesFor(origin);
    const viewerOf = async () => (await askGraph(product(), { cookie })).data?.viewer;
    expect(await viewerOf()).toEqual({ id: expect.any(String) });

    const { viewer } = await person.query<{ viewer: { sessions: { id: string }[] } }>(
      '{ viewer { sessions { id } } }',
    );
    const [{ id } = { id: '' }] = viewer.sessions;
    await person.query(`mutation { endSession(id: "${id}") { endedId } }`);
    expect(await viewerOf()).toBeFalsy();
    expect(await viewerOf()).toBeNull();
  });
}
