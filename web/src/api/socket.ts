import { type Client, createClient } from 'graphql-ws';

import { isSignedIn, leaveForSignIn } from './session.ts';

/** The server refused the connection because nobody is signed in. */
const REFUSED = new Set([4401, 4403]);
const MAX_WAIT_MS = 15_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The WebSocket for subscriptions: opened by the first of them, closed after the last, opened again for as long as it
 * takes when it breaks. A session that has ended leads to the sign-in page.
 */
export function createSocket(): Client {
  return createClient({
    url: () => `${window.location.origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3000,
    keepAlive: 12_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      wait(Math.min(500 * 2 ** retries, MAX_WAIT_MS) * (0.75 + Math.random() / 2)),
    on: {
      closed: (event) => {
        if (event instanceof CloseEvent && REFUSED.has(event.code)) void leaveIfSignedOut();
      },
    },
  });
}

async function leaveIfSignedOut(): Promise<void> {
  const signedIn = await isSignedIn().catch(() => true);
  if (!signedIn) leaveForSignIn();
}
