import { identityOf, type SubgraphContext } from './context.ts';
import type { MembershipReader, Memberships, WorkspaceRole } from './memberships.ts';

/** The memberships of the caller, for one request. */
export interface CallerMemberships {
  readonly all: () => Promise<Memberships>;
  /**
   * The caller's role in a workspace, if any, to read. An answer may be a second old: before a missing role is believed, the users
   * subgraph is asked afresh, once a request, so that a new member need not wait.
   */
  readonly roleIn: (workspaceId: string) => Promise<WorkspaceRole | undefined>;
  /**
   * The caller's role in a workspace, if any, to change something there. The answer is from after the request came in, so that a
   * right which was taken away before then is gone.
   * @param since - a later time of `performance.now()`, when the request has lasted long.
   */
  readonly roleToEdit: (workspaceId: string, since?: number) => Promise<WorkspaceRole | undefined>;
}

export function createCallerMemberships(
  reader: MembershipReader,
  context: Pick<SubgraphContext, 'renewRowAccess' | 'identity' | 'receivedAt'>,
): CallerMemberships {
  let known: Promise<Memberships> | undefined;
  let fresh: Promise<Memberships> | undefined;
  const all = (): Promise<Memberships> => (known ??= reader.read(identityOf(context)));
  const askAfresh = async (): Promise<Memberships> => {
    const identity = identityOf(context);
    reader.forget(identity.token);
    // The policies of the database go by it too.
    await context.renewRowAccess();
    return reader.read(identity);
  };
  return {
    all,
    async roleIn(workspaceId) {
      const role = (await all()).get(workspaceId);
      if (role !== undefined) return role;
      fresh ??= askAfresh();
      known = fresh;
      return (await fresh).get(workspaceId);
    },
    async roleToEdit(workspaceId, since = context.receivedAt) {
      const { token } = identityOf(context);
      if (!reader.isSince(token, since)) known = fresh = askAfresh();
      return (await all()).get(workspaceId);
    },
  };
}
