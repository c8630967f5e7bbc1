import type { Logger } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import { askSubgraph } from './ask-subgraph.ts';
import { DomainError } from './errors.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { GetServiceToken } from './service-tokens.ts';

interface SweepOptions {
  readonly usersUrl: string;
  readonly getServiceToken: GetServiceToken;
  readonly em: EntityManager;
  readonly log: Logger;
  /** The workspaces that have rows here: the first `limit` ids after `after`, in ascending order. */
  readonly listWorkspaces: (
    em: EntityManager,
    page: { readonly after: string; readonly limit: number },
  ) => Promise<readonly string[]>;
  /** Deletes a batch of a workspace's rows in the transaction of `em`. Resolves with how many; 0 when none are left. */
  readonly deleteBatch: (em: EntityManager, workspaceId: string) => Promise<number>;
}

const QUERY = 'query ($among: [ID!]!) { deletedWorkspaces(among: $among) }';
/** As many as the users subgraph checks at once. */
const PAGE_SIZE = 1_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Deletes the rows of deleted workspaces, at the start and every hour. A workspace counts as deleted only when the users
 * subgraph says so. If it does not answer, nothing is deleted.
 */
export const startWorkspaceSweep = (jobs: Jobs, options: SweepOptions): Promise<void> =>
  jobs.startSchedule({
    name: 'sweep-workspaces',
    cron: '17 * * * *',
    runsAtStart: true,
    run: ({ signal }) => sweep(options, signal),
  });

async function sweep(options: SweepOptions, signal: AbortSignal): Promise<void> {
  const { em, log, listWorkspaces } = options;
  const nextPage = (after: string) => listWorkspaces(em.fork(), { after, limit: PAGE_SIZE });
  let page = await nextPage(BEFORE_ALL);
  while (page.length > 0) {
    for (const workspaceId of await findDeleted(options, page)) {
      await deleteAll(options, workspaceId, signal);
      log.info({ workspaceId }, 'deleted the rows of a deleted workspace');
    }
    page = await nextPage(page.at(-1) ?? BEFORE_ALL);
  }
}

async function findDeleted(
  { usersUrl, getServiceToken }: SweepOptions,
  among: readonly string[],
): Promise<readonly string[]> {
  const failure = 'The users subgraph did not say which workspaces were deleted.';
  const { deletedWorkspaces } = await askSubgraph<{
    readonly deletedWorkspaces: readonly string[] | null;
  }>({
    url: usersUrl,
    token: await getServiceToken(),
    query: QUERY,
    variables: { among },
    failure,
  });
  if (!deletedWorkspaces) throw new DomainError('UNAVAILABLE', failure);
  return among.filter((id) => deletedWorkspaces.includes(id));
}

async function deleteAll(
  { em, deleteBatch }: SweepOptions,
  workspaceId: string,
  signal: AbortSignal,
): Promise<void> {
  let deleted: number;
  do {
    signal.throwIfAborted();
    deleted = await em.fork().transactional((tx) => deleteBatch(tx, workspaceId));
  } while (deleted > 0);
}
