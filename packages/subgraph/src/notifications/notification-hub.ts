import type { Logger } from '@affluent/service';
import { Client } from 'pg';

import { createWakeUps } from './wake-ups.ts';

export interface NotificationHub extends AsyncDisposable {
  /**
   * Yields once at the start and then whenever something may have changed: subscribers read the state again each time.
   * Notifications that arrive while a subscriber is busy become one wake-up. None is lost, since a reconnection wakes all
   * subscribers. Ends when `signal` aborts or the hub is disposed.
   */
  wakeUps(channel: string, key: string, signal: AbortSignal): AsyncGenerator<void, void>;
  /**
   * Calls `onPayload` for every notification on a channel until `signal` aborts, and with undefined after a reconnection,
   * since some may have been missed.
   */
  listen(
    channel: string,
    onPayload: (payload: string | undefined) => void,
    signal: AbortSignal,
  ): void;
}

const RECONNECT_MILLISECONDS = 500;
/** For a server that accepts connections and does not answer. */
const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/** One connection per process listens for all its subscribers. */
export async function createNotificationHub({
  databaseUrl,
  channels,
  log,
}: {
  readonly databaseUrl: string;
  /** The channels to LISTEN to. Never names from a caller. */
  readonly channels: readonly string[];
  readonly log: Logger;
}): Promise<NotificationHub> {
  const { wakeUps, wake, wakeAll } = createWakeUps();
  const listeners = new Set<(channel?: string, payload?: string) => void>();
  const stop = new AbortController();
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const topicOf = (channel: string, key = ''): string => `${channel} ${key}`;

  const connect = async (): Promise<void> => {
    const next = new Client({
      connectionString: databaseUrl,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS,
    });
    next.on('error', (error) => log.warn({ err: error }, 'the listening connection was lost'));
    next.on('end', () => reconnect(next));
    next.on('notification', ({ channel, payload }) => {
      wake(topicOf(channel, payload));
      for (const listener of listeners) listener(channel, payload);
    });
    client = next;
    await next.connect();
    for (const channel of channels) await next.query(`LISTEN ${channel}`);
    wakeAll();
    for (const listener of listeners) listener();
  };

  const reconnect = (lost: Client): void => {
    if (stop.signal.aborted || client !== lost) return;
    client = undefined;
    retry = setTimeout(() => {
      connect().catch((error: unknown) => {
        log.warn({ err: error }, 'listening failed, trying again');
        if (client) reconnect(client);
      });
    }, RECONNECT_MILLISECONDS);
  };

  await connect();

  return {
    wakeUps: (channel, key, signal) =>
      wakeUps(topicOf(channel, key), AbortSignal.any([signal, stop.signal])),
    listen(channel, onPayload, signal) {
      const listener = (from = channel, payload?: string): void => {
        if (from === channel) onPayload(payload);
      };
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      clearTimeout(retry);
      await client?.end();
    },
  };
}
