import type { Logger } from '@affluent/service';
import { asService } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Db, PgBoss } from 'pg-boss';

import { query } from '../database.ts';

export interface ImportQueue extends AsyncDisposable {
  /** Makes a durable job out of an import, in the transaction of `em`. */
  readonly add: (em: EntityManager, importId: string) => Promise<void>;
}

export interface ImportAttempt {
  readonly importId: string;
  /** Counted from 1; more than one when a process was stopped or killed in the middle. */
  readonly attempt: number;
  /** Aborted when this process stops, or has lost the job to another one. */
  readonly signal: AbortSignal;
}

const QUEUE = 'import';
const AT_ONCE = 2;
const STOP_MILLISECONDS = 20_000;
const DAY_SECONDS = 86_400;

/**
 * Starts the jobs that import, kept in schema `jobs`. A job whose process was killed is taken up again: at once when
 * a process starts, else when its heartbeat is missed, within about ten seconds.
 */
export async function startImportQueue({
  databaseUrl,
  log,
  interrupted,
  run,
}: {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** Imports that were begun and that no living process works on. */
  readonly interrupted: readonly string[];
  /** Imports; an error makes the queue try again. */
  readonly run: (attempt: ImportAttempt) => Promise<void>;
}): Promise<ImportQueue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'jobs',
    max: 3,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    // Each look for jobs would be a trace of its own.
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'));
  await boss.start();
  await boss.createQueue(QUEUE, {
    notify: true,
    heartbeatSeconds: 10,
    expireInSeconds: DAY_SECONDS,
    // How often is enough is the import's own rule, since it ends the import too.
    retryLimit: 1_000_000,
    retryDelay: 1,
  });
  for (const id of interrupted) {
    const [job] = await boss.findJobs(QUEUE, { id });
    if (job?.state === 'active') await boss.fail(QUEUE, id, { message: 'Its process was killed.' });
  }

  const stopping = new AbortController();
  await boss.work(
    QUEUE,
    {
      includeMetadata: true,
      localConcurrency: AT_ONCE,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
    },
    async ([job]) => {
      if (!job) return;
      const signal = AbortSignal.any([stopping.signal, job.signal]);
      try {
        await run({ importId: job.id, attempt: job.retryCount + 1, signal });
      } catch (error) {
        if (!signal.aborted)
          log.error({ err: error, importId: job.id }, 'an import is tried again');
        throw error;
      }
    },
  );

  return {
    async add(em, importId) {
      await asService(em, () => boss.send(QUEUE, null, { id: importId, db: databaseOf(em) }));
    },
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('The server stops.'));
      await boss.stop({ graceful: true, timeout: STOP_MILLISECONDS });
    },
  };
}

const databaseOf = (em: EntityManager): Db => ({
  executeSql: async (text, values) => ({ rows: await query(em, text, values) }),
});
