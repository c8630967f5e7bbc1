import type { Logger } from '@affluent/service';
import { createWakeUps, type NotificationHub } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { CHANGES_CHANNEL } from '../changes/change.ts';
import { type NumberedAppend, readAppends } from './read-appends.ts';

/** The newest appends of every watched dataset, read once for all its subscribers in this process. */
export interface AppendFeed {
  /**
   * Watches a dataset until `signal` aborts.
   * @param lastChange - of the dataset as the caller has just read it.
   */
  readonly watch: (datasetId: string, lastChange: number, signal: AbortSignal) => WatchedAppends;
}

export interface WatchedAppends {
  /** Yields once at the start, and whenever there may be more. */
  readonly wakeUps: () => AsyncGenerator<void, void>;
  /**
   * Appends after a sequence number; undefined if the feed no longer holds them all.
   * @throws {Error} if the log could not be read.
   */
  readonly since: (sequence: number) => readonly NumberedAppend[] | undefined;
}

interface Tail {
  readonly recent: NumberedAppend[];
  /** The sequence number of the newest change that was read. */
  last: number;
  watchers: number;
  failure: unknown;
  readonly stop: AbortController;
}

/** Kept per dataset. Subscribers further behind read the log themselves. */
const MAX_RECENT = 100;

interface FeedOptions {
  readonly em: EntityManager;
  readonly notifications: NotificationHub;
  readonly log: Logger;
}

/**
 * Creates the feed of this process. It reads with the service's rights: callers check access before they watch, and
 * `whileMember` ends their subscriptions.
 */
export function createAppendFeed({ em, notifications, log }: FeedOptions): AppendFeed {
  const tails = new Map<string, Tail>();
  const { wakeUps, wake } = createWakeUps();

  const run = async (datasetId: string, tail: Tail): Promise<void> => {
    const { signal } = tail.stop;
    for await (const _ of notifications.wakeUps(CHANGES_CHANNEL, datasetId, signal)) {
      for await (const append of readAppends(em, datasetId, tail.last)) {
        if (signal.aborted) return;
        tail.recent.push(append);
        if (tail.recent.length > MAX_RECENT) tail.recent.shift();
        tail.last = append.sequence;
        wake(datasetId);
      }
    }
  };

  const open = (datasetId: string, lastChange: number): Tail => {
    const tail: Tail = {
      recent: [],
      last: lastChange,
      watchers: 0,
      failure: undefined,
      stop: new AbortController(),
    };
    tails.set(datasetId, tail);
    run(datasetId, tail).catch((error: unknown) => {
      log.error({ err: error, datasetId }, 'appends could not be read');
      tail.failure = error;
      if (tails.get(datasetId) === tail) tails.delete(datasetId);
      wake(datasetId);
    });
    return tail;
  };

  const close = (datasetId: string, tail: Tail): void => {
    tail.watchers--;
    if (tail.watchers > 0) return;
    tail.stop.abort();
    if (tails.get(datasetId) === tail) tails.delete(datasetId);
  };

  return {
    watch(datasetId, lastChange, signal) {
      const tail = tails.get(datasetId) ?? open(datasetId, lastChange);
      tail.watchers++;
      signal.addEventListener('abort', () => close(datasetId, tail), { once: true });
      return {
        wakeUps: () => wakeUps(datasetId, signal),
        since(sequence) {
          if (tail.failure) throw new Error('Appends could not be read', { cause: tail.failure });
          const first = tail.recent[0]?.sequence ?? tail.last + 1;
          if (sequence < first - 1) return undefined;
          return tail.recent.filter((append) => append.sequence > sequence);
        },
      };
    },
  };
}
