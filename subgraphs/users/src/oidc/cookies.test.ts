import { afterAll, expect, test } from 'vitest';

import { authorizationUrl } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';

const publicUrl = 'https://affluent.example';
const server = await startUsersServer({ PUBLIC_URL: publicUrl });
afterAll(() => server[Symbol.asyncDispose]());
const local = `http://127.0.0.1:${server.config.PORT}`;

test('over HTTPS every cookie of the provider is Secure and named so that no other host sets it', async () => {
  const jar = new Map<string, string>();
  const seen: string[] = [];
  /** As the gateway hands a request on, with redirects within the provider followed. */
  const visit = async (address: string, form?: Readonly<Record<string, string>>): Promise<URL> => {
    const { pathname, search } = new URL(address, publicUrl);
    const response = await fetch(`${local}${pathname}${search}`, {
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      redirect: 'manual',
      headers: {
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'affluent.example',
        'sec-fetch-site': 'same-origin',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
      if (value) seen.push(cookie);
    }
    const location = response.headers.get('location');
    const next = location === null ? null : new URL(location, publicUrl);
    return next?.origin === publicUrl ? visit(next.href) : (next ?? new URL(address, publicUrl));
  };
  const page = await visit(authorizationUrl(publicUrl).href);
  const account = { email: 'ada@example.org', password: 'difference-engine-no-2' };
  await visit(`${page.href}/sign-up`, { ...account, displayName: 'Ada' });

  expect(seen.filter((cookie) => !/^__(Host|Secure)-/.test(cookie))).toEqual([]);
  expect(seen.filter((cookie) => !/; secure/i.test(cookie))).toEqual([]);
  const session = seen.find((cookie) => cookie.startsWith('__Host-_session='));
  expect(session).toMatch(/; path=\/;/i);
  expect(session).not.toMatch(/domain=/i);
});
