import { type Job, type JobRunner, startQueue } from './queue.ts';

export interface ScheduleOptions {
  readonly name: string;
  /** When to run, as a cron expression in UTC: `17 * * * *` for 17 minutes past each hour. */
  readonly cron: string;
  /** Also run soon after this process has started. Default: false. */
  readonly runsAtStart?: boolean;
  /** Never runs twice at once, in any process. After an error it runs again, every 2 s for a minute. */
  readonly run: (job: Pick<Job, 'signal'>) => Promise<void>;
}

/** Short and constant: a restart or another service's restart is over soon, and the next period comes anyway. */
const RETRY = { limit: 30, delaySeconds: 2 };

/** Runs something periodically. Periods that pass while no process runs are skipped. */
export async function startSchedule(
  runner: JobRunner,
  { name, cron, runsAtStart = false, run }: ScheduleOptions,
): Promise<void> {
  const { boss } = runner;
  await startQueue(runner, { name, run, retry: RETRY }, 'exclusive');
  await boss.schedule(name, cron, null, { tz: 'UTC' });
  if (runsAtStart) await boss.send(name, null);
}
