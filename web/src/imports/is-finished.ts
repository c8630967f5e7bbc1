import { ImportStatus } from '../generated/graphql.ts';

/** Whether an import has ended. */
export function isFinished(status: ImportStatus): boolean {
  return status !== ImportStatus.QUEUED && status !== ImportStatus.RUNNING;
}
