import { ACCOUNT_SCOPE } from '@affluent/service';
import { identityOf, ListSize, PageArguments, RequiresScopes } from '@affluent/subgraph';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { AuditEvent, type AuditEventKind } from '../audit/audit-event.ts';
import type { Context } from '../context.ts';
import { Workspace } from '../memberships/workspace.ts';
import { User } from '../users/user.ts';
import { resolveUser } from '../workspaces/user.resolver.ts';
import { assertOwner } from '../workspaces/workspace.policy.ts';
import { AuditEventConnection } from './audit-event-connection.ts';
import { DEFAULT_PAGE_SIZE, pageOfEvents } from './page-of-events.ts';

@Resolver(() => AuditEvent)
export class AuditEventResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who did it; null when that is not known, or not for the caller to see.',
  })
  actor(@Root() { actorId }: AuditEvent, @Ctx() context: Context): Promise<User | null> | null {
    return actorId ? resolveUser({ id: actorId }, context) : null;
  }
}

@Resolver(() => User)
export class UserAuditResolver {
  @FieldResolver(() => AuditEventConnection, {
    description:
      'What was done by oneself, or tried on one’s account. `first` or `last`: 1 to 200; without them the first 50.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges'] })
  auditEvents(
    @Root() { id }: User,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<AuditEventConnection> {
    const { userId } = identityOf(context);
    // Empty for other users: no event has two actors.
    const which = { $and: [{ actorId: id }, { actorId: userId }] };
    return pageOfEvents(context.em, which, page);
  }
}

/** Kinds of members' own events that the owners of a workspace see, from when the member joined. */
const OF_MEMBERS: readonly AuditEventKind[] = [
  'SIGNED_IN',
  'SIGN_IN_FAILED',
  'SIGNED_OUT',
  'SESSION_ENDED',
  'ACCESS_TOKEN_CREATED',
  'ACCESS_TOKEN_REVOKED',
  'GRANT_GIVEN',
  'GRANT_REVOKED',
  'TOKEN_REUSED',
  'ACCESS_DENIED',
];

@Resolver(() => Workspace)
export class WorkspaceAuditResolver {
  @FieldResolver(() => AuditEventConnection, {
    nullable: true,
    description:
      'What was done in the workspace, and how its members signed in and gave access since they joined. For owners; FORBIDDEN for other members. `first` or `last`: 1 to 200; without them the first 50.',
  })
  @RequiresScopes('workspaces:write')
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges'] })
  async auditEvents(
    @Root() { id }: Workspace,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<AuditEventConnection> {
    await assertOwner(context, id);
    const members = await context.memberships.ofWorkspace(id);
    const byMembers = members.map(({ user, createdAt }) => ({
      actorId: user.id,
      at: { $gte: createdAt },
    }));
    const ofMembers = { kind: { $in: [...OF_MEMBERS] }, $or: byMembers };
    const which = { $or: [{ workspaceId: id }, ofMembers] };
    return pageOfEvents(context.em, which, page);
  }
}
