import { ImportStatus } from '../generated/graphql.ts';

/** Whether nothing more will happen to an import. */
export function isFinished(status: ImportStatus): boolean {
  return status !== ImportStatus.QUEUED && status !== ImportStatus.RUNNING;
}
