import { expect, test } from 'vitest';

import { authorizationUrl, CLI, type Product } from './product.ts';

/** Ways to look like the address that is registered (`https://app.example.org/callback`) without being it. */
const BYPASSES = [
  'https://app.example.org/callback/more',
  'https://app.example.org/callback/../evil',
  'https://app.example.org/callback?next=https://evil.example',
  'https://app.example.org/callback#fragment',
  'https://app.example.org/CALLBACK',
  'https://app.example.org:8443/callback',
  'http://app.example.org/callback',
  'https://app.example.org.evil.example/callback',
  'https://evil.example/callback?https://app.example.org/callback',
  'https://app.example.org@evil.example/callback',
  'https://app.example.org%2f@evil.example/callback',
  'https://evil.example\\@app.example.org/callback',
  '//app.example.org/callback',
  'javascript:alert(1)//https://app.example.org/callback',
];

/** The same for the loopback address of a program, where only the port is free. */
const LOOPBACK_BYPASSES = [
  'http://127.0.0.1.evil.example/callback',
  'http://127.0.0.1:80@evil.example/callback',
  'http://localhost/callback',
  'http://[::1]/callback',
  'https://127.0.0.1/callback',
  'http://127.0.0.1:8080/callback/more',
];

const REFUSED = { status: 400, location: null };

export function redirectTests(product: () => Product): void {
  const answer = async (url: URL) => {
    const { status, headers } = await fetch(url, { redirect: 'manual' });
    return { status, location: headers.get('location') };
  };

  test.each(BYPASSES)('%s is refused without a redirect', async (redirect_uri) => {
    expect(await answer(authorizationUrl(product(), { redirect_uri }))).toEqual(REFUSED);
  });

  test.each(LOOPBACK_BYPASSES)('%s is refused to a program here', async (redirect_uri) => {
    const client_id = CLI.clientId;
    expect(await answer(authorizationUrl(product(), { client_id, redirect_uri }))).toEqual(REFUSED);
  });

  test('an address that is missing or comes twice is refused', async () => {
    const missing = authorizationUrl(product(), { redirect_uri: undefined });
    expect(await answer(missing)).toEqual(REFUSED);
    const twice = authorizationUrl(product());
    twice.searchParams.append('redirect_uri', 'https://evil.example/callback');
    expect(await answer(twice)).toEqual(REFUSED);
  });
}
