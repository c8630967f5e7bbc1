import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from '@affluent/service';
import { createWakeUps, type NotificationHub } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { query, runIn } from '../database.ts';
import { type Change, CHANGES_CHANNEL } from './change.ts';
import { BATCH_SIZE, readChanges } from './read-changes.ts';

export interface ChangeConsumer {
  /** Names the cursors: it stays the same across releases. */
  readonly name: string;
  /**
   * Handles changes of one dataset, in order, in the transaction that advances the cursor: what it writes with `em` happens
   * exactly once. It has the service's rights. It must not wait for anything but the database; for other work it queues a
   * job with `em`. If it throws, the changes come again.
   */
  readonly handle: (em: EntityManager, changes: readonly Change[]) => Promise<void>;
}

interface ConsumeOptions extends ChangeConsumer {
  readonly em: EntityManager;
  readonly notifications: NotificationHub;
  readonly log: Logger;
}

const RETRY_MILLISECONDS = 1_000;
const MAX_RETRY_MILLISECONDS = 60_000;

/**
 * Runs a consumer until disposed. It first catches up with what it missed, then follows notifications. In several processes
 * each dataset is handled by one at a time. A new consumer starts at the beginning of the log.
 */
export function consumeChanges(options: ConsumeOptions): AsyncDisposable {
  const { em, notifications, log, name } = options;
  const stop = new AbortController();
  const { wakeUps, wake } = createWakeUps();
  /** Datasets that may have changes to handle. */
  const pending = new Set<string>();
  const failures = new Map<string, number>();
  /** Notifications may have been missed: at the start, and after a lost connection. */
  let isBehind = true;

  const add = (datasetId: string): void => {
    pending.add(datasetId);
    wake(name);
  };
  const rescan = (): void => {
    isBehind = true;
    wake(name);
  };
  const retry = (again: () => void, milliseconds: number): void => {
    delay(milliseconds, undefined, { signal: stop.signal }).then(again, () => {});
  };

  const handleNext = async (datasetId: string): Promise<void> => {
    try {
      const outcome = await consumeBatch(options, datasetId);
      failures.delete(datasetId);
      if (outcome === 'more') add(datasetId);
      if (outcome === 'busy') retry(() => add(datasetId), RETRY_MILLISECONDS);
    } catch (error) {
      const count = failures.get(datasetId) ?? 0;
      failures.set(datasetId, count + 1);
      log.error({ err: error, consumer: name, datasetId }, 'changes were not handled');
      const wait = Math.min(RETRY_MILLISECONDS * 2 ** count, MAX_RETRY_MILLISECONDS);
      retry(() => add(datasetId), wait);
    }
  };

  const run = async (): Promise<void> => {
    for await (const _ of wakeUps(name, stop.signal)) {
      if (isBehind) {
        isBehind = false;
        try {
          for (const datasetId of await findUnread(em.fork(), name)) pending.add(datasetId);
        } catch (error) {
          log.error({ err: error, consumer: name }, 'unread changes were not found');
          retry(rescan, RETRY_MILLISECONDS);
        }
      }
      for (const datasetId of pending) {
        if (stop.signal.aborted) return;
        pending.delete(datasetId);
        await handleNext(datasetId);
      }
    }
  };

  notifications.listen(
    CHANGES_CHANNEL,
    (datasetId) => (datasetId === undefined ? rescan() : add(datasetId)),
    stop.signal,
  );
  const running = run();
  return {
    /** Waits for the running transaction. */
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

const consumeBatch = (
  { em, name, handle }: ConsumeOptions,
  datasetId: string,
): Promise<'done' | 'more' | 'busy'> =>
  em.fork().transactional(async (tx) => {
    const run = runIn(tx);
    const [lock] = await run<{ held: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held',
      [`${name} ${datasetId}`],
    );
    if (!lock?.held) return 'busy';
    const [cursor] = await run<{ sequence: string }>(
      'SELECT sequence FROM change_cursor WHERE consumer = $1 AND dataset_id = $2',
      [name, datasetId],
    );
    const changes = await readChanges(tx, datasetId, Number(cursor?.sequence ?? -1));
    const last = changes.at(-1);
    if (!last) return 'done';
    await handle(tx, changes);
    await run(
      `INSERT INTO change_cursor (consumer, dataset_id, sequence) VALUES ($1, $2, $3)
       ON CONFLICT (consumer, dataset_id) DO UPDATE SET sequence = excluded.sequence`,
      [name, datasetId, last.sequence],
    );
    return changes.length === BATCH_SIZE ? 'more' : 'done';
  });

/** Datasets with changes after the consumer's cursor: those that exist, and those that were deleted since it read them. */
async function findUnread(em: EntityManager, consumer: string): Promise<string[]> {
  const found = await query<{ id: string }>(
    em,
    `SELECT id FROM (
       SELECT id FROM dataset UNION SELECT dataset_id FROM change_cursor WHERE consumer = $1
     ) AS known
     WHERE EXISTS (
       SELECT FROM dataset_change WHERE dataset_id = id AND sequence > coalesce(
         (SELECT sequence FROM change_cursor WHERE consumer = $1 AND dataset_id = id), -1))`,
    [consumer],
  );
  return found.map(({ id }) => id);
}
