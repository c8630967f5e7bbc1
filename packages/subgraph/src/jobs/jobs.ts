import type { Logger } from '@affluent/service';
import { PgBoss } from 'pg-boss';

import { type Queue, type QueueOptions, startQueue } from './queue.ts';
import { type ScheduleOptions, startSchedule } from './schedule.ts';

/** The background work of a service: durable jobs in its own database. Disposing stops it in order. */
export interface Jobs extends AsyncDisposable {
  /** Starts to work on the jobs of a queue, which is created if necessary. */
  readonly startQueue: <Data extends object | null = null>(
    options: QueueOptions<Data>,
  ) => Promise<Queue<Data>>;
  /** Starts to run something periodically: once per period, however many processes share the database. */
  readonly startSchedule: (options: ScheduleOptions) => Promise<void>;
}

interface JobsOptions {
  readonly databaseUrl: string;
  readonly log: Logger;
}

/** How long running jobs may take to notice that the process stops. */
const STOP_MILLISECONDS = 20_000;

/** Connects to the jobs of a service. They are kept in the schema `jobs` of its database, which is created if necessary. */
export async function startJobs({ databaseUrl, log }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'jobs',
    max: 3,
    useListenNotify: true,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    // Otherwise every poll would be a trace of its own.
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue failed'));
  await boss.start();
  const stopping = new AbortController();
  const runner = { boss, log, stopping: stopping.signal };
  return {
    startQueue: (options) => startQueue(runner, options),
    startSchedule: (options) => startSchedule(runner, options),
    async [Symbol.asyncDispose]() {
      stopping.abort(new Error('The server is stopping.'));
      await boss.stop({ graceful: true, timeout: STOP_MILLISECONDS });
    },
  };
}
