import type { Jobs, Queue, QueueOptions } from '@affluent/subgraph';

/** Its jobs have the ids of their imports. */
export type ImportQueue = Queue;

const DAY_SECONDS = 86_400;

/** Starts to run the queued imports. */
export const startImportQueue = (
  jobs: Jobs,
  options: Pick<QueueOptions, 'run' | 'interrupted'>,
): Promise<ImportQueue> =>
  jobs.startQueue({
    name: 'import',
    concurrency: 2,
    maxSeconds: DAY_SECONDS,
    // `run` decides when to give up, since it also ends the import.
    retry: { limit: 1_000_000, delaySeconds: 1 },
    ...options,
  });
