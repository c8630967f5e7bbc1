import { afterAll, expect, test } from 'vitest';

import { openBrowser } from '../testing/browser.ts';
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
