import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { connect } from '../database.ts';
import { openBrowser } from '../testing/browser.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { asWebClient } from '../testing/web-client.ts';

const LOOKED_AGAIN = 60_000;
const ada = { email: 'ada@example.org', password: 'difference-engine-no-2', displayName: 'Ada' };

// Only the clock by which processes look for keys: requests and the database go on in real time.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterAll(() => void vi.useRealTimers());

test('a new key is shown everywhere before it signs, and the old one for as long as what it signed is of use', async () => {
  await using first = await startUsersServer();
  await using second = await startUsersServer({
    DATABASE_URL: first.config.DATABASE_URL,
    ENCRYPTION_KEY: Buffer.from(first.config.ENCRYPTION_KEY).toString('base64url'),
    GATEWAY_CLIENT_SECRET: first.config.GATEWAY_CLIENT_SECRET,
    PUBLIC_URL: first.origin,
  });
  const orm = await connect(first.config.DATABASE_URL);
  const web = asWebClient(first);
  const visit = openBrowser();
  const { tokens } = await web.signIn(ada, { visit });
  const processes = [first, second].map(({ origin }) => asWebClient({ ...first, origin }));
  /** Per process, the keys that it shows. */
  const shown = () =>
    Promise.all(
      [first, second].map(async ({ origin }) => {
        const { keys } = (await (await fetch(`${origin}/oidc/jwks`)).json()) as {
          keys: { kid: string }[];
        };
        return keys.map(({ kid }) => kid).toSorted();
      }),
    );
  /** Per process, the key that it signs with. */
  const signing = () =>
    Promise.all(
      processes.map(async ({ refresh }) => {
        const { tokens: fresh } = await refresh(tokens);
        return decodeProtectedHeader(fresh.access_token).kid;
      }),
    );
  /** Ages the keys, and has both processes look at them. */
  const pass = async (interval: string) => {
    await orm.em
      .fork()
      .execute(`UPDATE signing_keys SET created_at = created_at - interval '${interval}'`);
    await vi.advanceTimersByTimeAsync(LOOKED_AGAIN);
  };
  const [old] = (await shown())[0]!;

  await pass('30 days');
  await expect.poll(async () => (await shown()).map((found) => found.length)).toEqual([2, 2]);
  const [keys, elsewhere] = await shown();
  expect(elsewhere).toEqual(keys);
  expect(await signing()).toEqual([old, old]);

  await pass('31 minutes');
  const next = keys!.find((kid) => kid !== old);
  await expect.poll(signing).toEqual([next, next]);
  expect(await shown()).toEqual([keys, keys]);
  // What the old key signed still counts: an access token, and the ID token that signs out.
  expect((await web.ask(tokens, '{ viewer { id } }')).status).toBe(200);
  const end = `${first.origin}/oidc/session/end?id_token_hint=${tokens.id_token}`;
  expect((await visit(end)).body).toContain('<h1>Sign out</h1>');

  await pass('15 days');
  await expect.poll(shown).toEqual([[next], [next]]);
  await orm.close();
});
