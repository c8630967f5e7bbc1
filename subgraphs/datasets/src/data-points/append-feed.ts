import type { Logger } from '@affluent/service';
import { createWakeUps, type NotificationHub } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { CHANNELS } from '../notifications/channels.ts';
import { type NumberedAppend, readAppends } from './read-appends.ts';

/** The newest appends of the datasets that somebody watches, read once for all who do. */
export interface AppendFeed {
  /**
   * Starts to watch a dataset, for as long as `signal` is not aborted.
   * @param lastAppend - of the dataset as the caller has just read it.
   */
  readonly watch: (datasetId: string, lastAppend: number, signal: AbortSignal) => WatchedAppends;
}

export interface WatchedAppends {
  /** Yields once at the start, and when there may be more. */
  readonly wakeUps: () => AsyncGenerator<void, void>;
  /**
   * Those that came after this place; undefined when it is too far back for what is kept here.
   * @throws {Error} when appends could not be read.
   */
  readonly since: (sequence: number) => readonly NumberedAppend[] | undefined;
}

interface Tail {
  readonly recent: NumberedAppend[];
  /** The newest append that was read. */
  last: number;
  watchers: number;
  failure: unknown;
  readonly stop: AbortController;
}

/** Kept of each dataset. Who is further behind reads for themselves. */
const MAX_RECENT = 100;

interface FeedOptions {
  readonly em: EntityManager;
  readonly notifications: NotificationHub;
  readonly log: Logger;
}

/**
 * Reads each append once for all its subscribers of this process. It reads as the service does: whether somebody may
 * watch a dataset has been decided before, and is watched over by `whileMember`.
 */
export function createAppendFeed({ em, notifications, log }: FeedOptions): AppendFeed {
  const tails = new Map<string, Tail>();
  const { wakeUps, wake } = createWakeUps();

  const run = async (datasetId: string, tail: Tail): Promise<void> => {
    const { signal } = tail.stop;
    for await (const _ of notifications.wakeUps(CHANNELS.appended, datasetId, signal)) {
      for await (const append of readAppends(em, datasetId, tail.last)) {
        if (signal.aborted) return;
        tail.recent.push(append);
        if (tail.recent.length > MAX_RECENT) tail.recent.shift();
        tail.last = append.sequence;
        wake(datasetId);
      }
    }
  };

  const open = (datasetId: string, lastAppend: number): Tail => {
    const tail: Tail = {
      recent: [],
      last: lastAppend,
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
    watch(datasetId, lastAppend, signal) {
      const tail = tails.get(datasetId) ?? open(datasetId, lastAppend);
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
