import { type Job, type JobRunner, startQueue } from './queue.ts';

export interface ScheduleOptions {
  readonly name: string;
  /** When to run, as a cron expression in UTC: `17 * * * *` for 17 minutes past each hour. */
  readonly cron: string;
  /** Also run soon after this process has started. Default: false. */
  readonly runsAtStart?: boolean;
  /** Never runs twice at once, in any process. An error makes it run again, at most 10 times. */
  readonly run: (job: Pick<Job, 'signal'>) => Promise<void>;
}

/** Runs something periodically. Periods that pass while no process runs are skipped. */
export async function startSchedule(
  runner: JobRunner,
  { name, cron, runsAtStart = false, run }: ScheduleOptions,
): Promise<void> {
  const { boss } = runner;
  await startQueue(runner, { name, run }, 'exclusive');
  await boss.schedule(name, cron, null, { tz: 'UTC' });
  if (runsAtStart) await boss.send(name, null);
}
