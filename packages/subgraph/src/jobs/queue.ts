import { isUnavailable, type Logger } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { fromKysely, type PgBoss, type Queue as QueueSettings } from 'pg-boss';

import { asService } from '../row-access.ts';

/** One run of a job. */
export interface Job<Data extends object | null = null> {
  readonly id: string;
  readonly data: Data;
  /** Counted from 1; greater after a failure, and after a process was stopped or killed during the job. */
  readonly attempt: number;
  /** Aborted when this process stops, or has lost the job to another process. */
  readonly signal: AbortSignal;
}

export interface Queue<Data extends object | null = null> {
  /** Adds a job in the transaction of `em`. Does nothing when the queue has a job with this id. */
  readonly add: (em: EntityManager, job: Pick<Job<Data>, 'id' | 'data'>) => Promise<void>;
}

export interface QueueOptions<Data extends object | null = null> {
  readonly name: string;
  /** An error makes the job run again, see `retry`. */
  readonly run: (job: Job<Data>) => Promise<void>;
  /** How many jobs run at once in this process. Default: 1. */
  readonly concurrency?: number;
  /** Default: 10 retries, after 1 s, 2 s, 4 s … up to a minute. */
  readonly retry?: Retry;
  /** A job that takes longer is aborted, and retried. Default: 15 minutes. */
  readonly maxSeconds?: number;
  /** A job is resumed after this time without a sign of life from its process. At least 10, the default. */
  readonly heartbeatSeconds?: number;
  /** Ids of jobs whose process is known to be dead. They are resumed at once, without waiting for the heartbeat. */
  readonly interrupted?: readonly string[];
}

interface Retry {
  readonly limit: number;
  /** Before each retry, or before the first one if `maxDelaySeconds` is given: from there it doubles. */
  readonly delaySeconds: number;
  readonly maxDelaySeconds?: number;
}

/** What works on jobs in this process. */
export interface JobRunner {
  readonly boss: PgBoss;
  readonly log: Logger;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

const DEFAULT_RETRY: Retry = { limit: 10, delaySeconds: 1, maxDelaySeconds: 60 };

/** @param policy - `exclusive`: the queue holds at most one unfinished job. */
export async function startQueue<Data extends object | null>(
  { boss, log, stopping }: JobRunner,
  options: QueueOptions<Data>,
  policy: 'standard' | 'exclusive' = 'standard',
): Promise<Queue<Data>> {
  const { name, run, concurrency = 1, interrupted = [] } = options;
  const settings = settingsOf(options);
  await boss.createQueue(name, { ...settings, policy });
  // Creating leaves the settings of an existing queue as they are.
  await boss.updateQueue(name, settings);
  for (const id of interrupted) {
    const [job] = await boss.findJobs(name, { id });
    if (job?.state === 'active') await boss.fail(name, id, { message: 'Its process was killed.' });
  }
  await boss.work<Data>(
    name,
    {
      localConcurrency: concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
    },
    async ([job]) => {
      if (!job) return;
      const { id, data, retryCount } = job;
      const signal = AbortSignal.any([stopping, job.signal]);
      try {
        await run({ id, data, attempt: retryCount + 1, signal });
      } catch (error) {
        const level = isUnavailable(error) ? 'warn' : 'error';
        if (!signal.aborted)
          log[level]({ err: error, queue: name, jobId: id }, 'a job failed and will be retried');
        throw error;
      }
    },
  );
  return {
    async add(em, { id, data }) {
      await asService(em, () => boss.send(name, data, { id, db: fromKysely(em.getKysely()) }));
    },
  };
}

function settingsOf({
  retry = DEFAULT_RETRY,
  maxSeconds = 15 * 60,
  heartbeatSeconds = 10,
}: QueueOptions<never>): Omit<QueueSettings, 'name' | 'policy'> & { heartbeatSeconds: number } {
  const { limit, delaySeconds, maxDelaySeconds } = retry;
  return {
    notify: true,
    heartbeatSeconds,
    expireInSeconds: maxSeconds,
    retryLimit: limit,
    retryDelay: delaySeconds,
    retryBackoff: maxDelaySeconds !== undefined,
    ...(maxDelaySeconds !== undefined && { retryDelayMax: maxDelaySeconds }),
  };
}
