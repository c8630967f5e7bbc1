import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { digestOf } from '../secrets/secret.ts';
import { openBrowser } from '../testing/browser.ts';
import { readEverything } from '../testing/stored.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
afterAll(() => server[Symbol.asyncDispose]());

test('after a hundred codes the address gets no further guesses, not even a right one', async () => {
  const page = `${server.origin}/oidc/device`;
  const visit = openBrowser();
  const tokenOf = (body: string): string => /name="xsrf" value="(\w+)"/.exec(body)?.[1] ?? '';
  let { status, body } = await visit(page);
  for (let guess = 0; guess < 100; guess++) {
    ({ status, body } = await visit(page, { xsrf: tokenOf(body), user_code: `GUESS-${guess}` }));
    expect(status).toBe(200);
    expect(body).toContain('role="alert"');
  }
  const answer = await fetch(`${server.origin}/oidc/device/auth`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'affluent-cli' }),
  });
  const { user_code } = (await answer.json()) as { user_code: string };
  const right = await visit(page.replace('/device', '/DEVICE'), { xsrf: tokenOf(body), user_code });
  expect(right.status).toBe(400);
  expect(right.body).toContain('Too many attempts');
});

test('a device code is kept as a digest, and the digest is worth nothing', async () => {
  const post = async (path: string, fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ client_id: 'affluent-cli', ...fields });
    const response = await fetch(`${server.origin}/oidc${path}`, { method: 'POST', body });
    return (await response.json()) as { readonly device_code: string; readonly error: string };
  };
  const { device_code } = await post('/device/auth', { scope: 'openid' });
  const orm = await connect(server.config.DATABASE_URL);
  expect(await readEverything(orm)).not.toContain(device_code);
  await orm.close();
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const poll = async (code: string) =>
    (await post('/token', { grant_type, device_code: code })).error;
  expect(await poll(device_code)).toBe('authorization_pending');
  const digest = digestOf(device_code);
  expect([await poll(digest), await poll(`digest:${digest}`)]).toEqual([
    'invalid_grant',
    'invalid_grant',
  ]);
});
