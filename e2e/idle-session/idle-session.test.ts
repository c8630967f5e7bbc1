import { createBrowser } from '@affluent/client/testing';
import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { launchChromium } from '../chromium.ts';

const IDLE_SECONDS = 20;
const CHANGES = 'subscription { membershipsChanged { role } }';
const VIEWER = '{ viewer { id } }';

let sandbox: Sandbox;
beforeAll(async () => {
  const env = { SESSION_IDLE_HOURS: String(IDLE_SECONDS / 3600) };
  sandbox = await startSandbox({ env });
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
});

/** The session of a new person, as an open page in their browser has it. */
async function openSession(name: string) {
  const { origin } = sandbox;
  const browser = createBrowser({ stopAt: ({ pathname }) => pathname === '/datasets' });
  const page = await browser.visit(`${origin}/session/sign-in?return_to=/datasets`);
  const email = `${name}@affluent.example`;
  await browser.visit(`${page.url.href}/sign-up`, {
    displayName: name,
    email,
    password: 'difference-engine-no-2',
  });
  const cookie = await browser.cookiesFor(origin);
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: { cookie, origin } });
    }
  }
  return {
    socket: createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: BrowserSocket,
      retryAttempts: 0,
    }),
    /** @returns whether the session is signed in. */
    async ask(headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { ...headers, cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify({ query: VIEWER }),
      });
      const { data } = (await response.json()) as { data?: { viewer: unknown } };
      return Boolean(data?.viewer);
    },
  };
}

/** The code with which a subscription ends: of its error, or of its connection. */
async function endOf(socket: Client, onEvent: () => void): Promise<unknown> {
  try {
    for await (const { errors } of socket.iterate({ query: CHANGES })) {
      if (errors) return errors[0]?.extensions?.code;
      onEvent();
    }
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'completed';
}

test('a session ends without use by a person, whatever its open page receives and requests by itself', async () => {
  const startedAt = Date.now();
  // Both at once: neither may end while the other is opened.
  const [idle, used] = await Promise.all([openSession('idle'), openSession('used')]);
  const ends: unknown[] = [];
  let subscribed = 0;
  const watch = async ({ socket }: typeof idle): Promise<void> => {
    ends.push(await endOf(socket, () => subscribed++));
  };
  void watch(idle);
  void watch(used);
  await vi.waitFor(
    async () => {
      await idle.ask({ 'x-affluent-unattended': '1' });
      for await (const { errors } of used.socket.iterate({ query: VIEWER }))
        expect(errors).toBeUndefined();
      expect(ends).toHaveLength(1);
    },
    { timeout: 120_000, interval: 500 },
  );
  expect(subscribed).toBe(2);
  expect(ends).toEqual(['UNAUTHENTICATED']);
  expect(Date.now() - startedAt).toBeGreaterThan(1000 * (IDLE_SECONDS - 10));
  expect(await idle.ask()).toBe(false);
  expect(await used.ask()).toBe(true);
  await used.socket.dispose();
});

test('a page that is left open shows that its session has ended', async () => {
  await using browser = await launchChromium();
  const context = await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin });
  const page = await context.newPage();
  await page.goto('/session/sign-in?screen=sign-up&return_to=/datasets');
  await page.getByLabel('Name').fill('Grace');
  await page.getByLabel('E-mail').fill('grace@affluent.example');
  await page.getByLabel('Password').fill('nanoseconds-of-wire');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/datasets');
  await page.getByText('Your session has ended.').waitFor();
  expect(new URL(page.url()).searchParams.get('return_to')).toBe('/datasets');
});
