import { RequiresScopes } from '@affluent/subgraph';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Workspace } from '../memberships/workspace.ts';
import { assertOwner } from '../workspaces/workspace.policy.ts';
import { Invitation, isOpen } from './invitation.ts';

@Resolver(() => Workspace)
export class WorkspaceInvitationsResolver {
  @FieldResolver(() => [Invitation], {
    nullable: true,
    description: 'Those that wait, newest first. For owners; FORBIDDEN for other members.',
  })
  @RequiresScopes('workspaces:write')
  async invitations(@Root() { id }: Workspace, @Ctx() context: Context): Promise<Invitation[]> {
    await assertOwner(context, id);
    return context.em.find(
      Invitation,
      { workspace: id, ...isOpen() },
      { populate: ['workspace', 'invitedBy'], orderBy: { createdAt: 'desc' } },
    );
  }
}
