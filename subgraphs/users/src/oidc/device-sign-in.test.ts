import { clientWithToken, signInWithDevice } from '@affluent/client';
import { afterAll, expect, test } from 'vitest';

import { openBrowser } from '../testing/browser.ts';
import { makePerson, PASSWORD } from '../testing/people.ts';
import { startUsersServer } from '../testing/users-server.ts';

const server = await startUsersServer();
const { origin } = server;
afterAll(() => server[Symbol.asyncDispose]());

const formToken = (body: string): string => /name="xsrf" value="(\w+)"/.exec(body)?.[1] ?? '';

test('a program signs a person in by a code that they confirm in their browser', async () => {
  const { id, email } = await makePerson(origin, 'Ada');
  const shown = Promise.withResolvers<{ readonly url: string; readonly code: string }>();
  const scope = 'openid profile';
  const signedIn = signInWithDevice({ origin, scope, show: shown.resolve });
  const { url, code: user_code } = await shown.promise;

  const visit = openBrowser();
  const device = `${origin}/oidc/device`;
  const input = await visit(url);
  const confirm = await visit(device, { xsrf: formToken(input.body), user_code });
  const signIn = await visit(device, { xsrf: formToken(confirm.body), user_code, confirm: 'yes' });
  const consent = await visit(signIn.url, { email, password: PASSWORD });
  await visit(`${consent.url.href}/consent`, { answer: 'allow' });

  await using client = await signedIn;
  const viewer = { viewer: { id, email } };
  expect(await client.query('{ viewer { id email } }')).toEqual(viewer);
  await using withToken = clientWithToken({ origin, token: await client.accessToken() });
  expect(await withToken.query('{ viewer { id email } }')).toEqual(viewer);
});
