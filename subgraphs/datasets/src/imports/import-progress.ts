import { identityOf, untilReturned } from '@affluent/subgraph';

import type { Context } from '../context.ts';
import type { ImportStatus } from './import-options.ts';
import { getImport } from './import.policy.ts';
import { Import, IMPORTS_CHANNEL } from './import.ts';

/**
 * Yields the import's present state and every later one, until it has ended.
 * @throws {DomainError} NOT_FOUND if the caller cannot read it; FORBIDDEN once the caller is no longer a member.
 */
export async function watchImport(
  context: Context,
  importId: string,
): Promise<AsyncIterableIterator<Import, void>> {
  const { id, workspaceId } = await getImport(context, importId);
  const states = untilReturned(async function* read(signal) {
    let last: string | undefined;
    for await (const _ of context.notifications.wakeUps(IMPORTS_CHANNEL, id, signal)) {
      await context.renewRowAccess();
      const state = await context.em.findOneOrFail(Import, { id });
      const { status, bytesRead, rowsImported, rowsRejected } = state;
      const seen = [status, bytesRead, rowsImported, rowsRejected].join();
      if (seen !== last) yield state;
      last = seen;
      if (hasEnded(status)) return;
    }
  });
  return context.whileMember(identityOf(context), workspaceId, states);
}

const hasEnded = (status: ImportStatus): boolean => status !== 'QUEUED' && status !== 'RUNNING';
