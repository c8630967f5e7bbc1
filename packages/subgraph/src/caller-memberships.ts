import { identityOf, type SubgraphContext } from './context.ts';
import type { MembershipReader, Memberships, WorkspaceRole } from './memberships.ts';

/** The memberships of whoever calls, for one request. */
export interface CallerMemberships {
  readonly all: () => Promise<Memberships>;
  /**
   * The caller's role in a workspace, if any. An answer may be a second old: before a role that is not enough is believed, the
   * users subgraph is asked afresh, once a request, so that nobody waits for what they were just given.
   */
  readonly roleIn: (
    workspaceId: string,
    isEnough?: (role: WorkspaceRole | undefined) => boolean,
  ) => Promise<WorkspaceRole | undefined>;
}

export function createCallerMemberships(
  reader: MembershipReader,
  context: Pick<SubgraphContext, 'renewRowAccess' | 'identity'>,
): CallerMemberships {
  let known: Promise<Memberships> | undefined;
  let fresh: Promise<Memberships> | undefined;
  const all = (): Promise<Memberships> => (known ??= reader.read(identityOf(context)));
  const askAfresh = async (): Promise<Memberships> => {
    const identity = identityOf(context);
    reader.forget(identity.token);
    // The database has to hear of it too.
    await context.renewRowAccess();
    return reader.read(identity);
  };
  return {
    all,
    async roleIn(workspaceId, isEnough = (role) => role !== undefined) {
      const role = (await all()).get(workspaceId);
      if (isEnough(role)) return role;
      fresh ??= askAfresh();
      known = fresh;
      return (await fresh).get(workspaceId);
    },
  };
}
