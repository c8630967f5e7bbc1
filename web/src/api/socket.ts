import { type Client, createClient } from 'graphql-ws';

import { isSignedIn, leaveForSignIn } from './session.ts';

/** Close codes of a server that requires sign-in. */
const REFUSED = new Set([4401, 4403]);
const MAX_WAIT_MS = 15_000;
const PING_INTERVAL_MS = 12_000;
const PONG_TIMEOUT_MS = 5000;

/**
 * The WebSocket for subscriptions: opened by the first of them, closed after the last, reopened whenever it breaks. When the
 * session has ended, the page goes to sign-in.
 */
export function createSocket(): Client {
  const socket = createClient({
    url: () => `${window.location.origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3000,
    keepAlive: PING_INTERVAL_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      waitUntilOnline(Math.min(500 * 2 ** retries, MAX_WAIT_MS) * (0.75 + Math.random() / 2)),
    on: {
      closed: (event) => {
        if (event instanceof CloseEvent && REFUSED.has(event.code)) void leaveIfSignedOut();
      },
    },
  });
  terminateWhenSilent(socket);
  return socket;
}

/** Resolves after `ms`, but while the browser is offline as soon as it is online again. */
const waitUntilOnline = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const proceed = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', proceed);
      resolve();
    };
    const timer = setTimeout(proceed, navigator.onLine ? ms : MAX_WAIT_MS);
    window.addEventListener('online', proceed);
  });

/** A broken network closes no socket by itself: without an answer to a ping, or when the browser goes offline, we do. */
function terminateWhenSilent(socket: Client): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  socket.on('ping', (isReceived) => {
    if (!isReceived) timer = setTimeout(() => socket.terminate(), PONG_TIMEOUT_MS);
  });
  socket.on('pong', (isReceived) => {
    if (isReceived) clearTimeout(timer);
  });
  socket.on('closed', () => clearTimeout(timer));
  window.addEventListener('offline', () => socket.terminate());
}

async function leaveIfSignedOut(): Promise<void> {
  const signedIn = await isSignedIn().catch(() => true);
  if (!signedIn) leaveForSignIn();
}
