import { identityOf, type SubgraphContext } from './context.ts';
import type { MembershipReader, Memberships, WorkspaceRole } from './memberships.ts';

/** The memberships of the caller, for one request. */
export interface CallerMemberships {
  readonly all: () => Promise<Memberships>;
  /**
   * The caller's role in a workspace, if any, for reading. It may be a second old. A missing role is checked again with the users
   * subgraph, once per request, so that a new member need not wait.
   */
  readonly roleIn: (workspaceId: string) => Promise<WorkspaceRole | undefined>;
  /**
   * The caller's role in a workspace, if any, for writing. It is read after the request was received, so that a role that was
   * removed before then does not count.
   * @param since - a later time by `performance.now()`, for long requests.
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
  const readAgain = async (): Promise<Memberships> => {
    const identity = identityOf(context);
    reader.forget(identity.token);
    // The database's policies use it too.
    await context.renewRowAccess();
    return reader.read(identity);
  };
  return {
    all,
    async roleIn(workspaceId) {
      const role = (await all()).get(workspaceId);
      if (role !== undefined) return role;
      fresh ??= readAgain();
      known = fresh;
      return (await fresh).get(workspaceId);
    },
    async roleToEdit(workspaceId, since = context.receivedAt) {
      const { token } = identityOf(context);
      if (!reader.isSince(token, since)) known = fresh = readAgain();
      return (await all()).get(workspaceId);
    },
  };
}
