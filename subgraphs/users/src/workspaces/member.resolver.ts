import { Authenticated, RequiresScopes } from '@affluent/subgraph';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';

import type { Context } from '../context.ts';
import { Membership, WorkspaceRole } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';
import { changeRole, leaveWorkspace, removeMember, transferWorkspace } from './members.ts';

@InputType()
class ChangeMemberRoleInput {
  @Field(() => ID)
  workspaceId!: string;

  @Field(() => ID)
  userId!: string;

  @Field(() => WorkspaceRole)
  role!: WorkspaceRole;
}

@InputType()
class RemoveMemberInput {
  @Field(() => ID)
  workspaceId!: string;

  @Field(() => ID)
  userId!: string;
}

@InputType()
class TransferWorkspaceInput {
  @Field(() => ID)
  workspaceId!: string;

  @Field(() => ID, { description: 'A member, who becomes owner.' })
  userId!: string;
}

@ObjectType()
@Authenticated()
class ChangeMemberRolePayload {
  @Field(() => Membership)
  membership!: Membership;
}

@ObjectType()
@Authenticated()
class RemoveMemberPayload {
  @Field(() => Workspace)
  workspace!: Workspace;
}

@ObjectType()
@Authenticated()
class LeaveWorkspacePayload {
  @Field(() => ID)
  leftId!: string;
}

@ObjectType()
@Authenticated()
class TransferWorkspacePayload {
  @Field(() => Workspace)
  workspace!: Workspace;
}

/** Who belongs to a workspace, and as what. A change takes effect at once, on open subscriptions within a second. */
@Resolver()
export class MemberResolver {
  @Mutation(() => ChangeMemberRolePayload, {
    description:
      'For owners. Errors: NOT_FOUND for an unknown workspace or member, FORBIDDEN, CONFLICT when no owner would be left.',
  })
  @RequiresScopes('workspaces:write')
  async changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput) input: ChangeMemberRoleInput,
    @Ctx() context: Context,
  ): Promise<ChangeMemberRolePayload> {
    return { membership: await changeRole(context, input, input.role) };
  }

  @Mutation(() => RemoveMemberPayload, {
    description:
      'For owners. Errors: NOT_FOUND for an unknown workspace or member, FORBIDDEN, CONFLICT when no owner would be left.',
  })
  @RequiresScopes('workspaces:write')
  async removeMember(
    @Arg('input', () => RemoveMemberInput) input: RemoveMemberInput,
    @Ctx() context: Context,
  ): Promise<RemoveMemberPayload> {
    return { workspace: await removeMember(context, input) };
  }

  @Mutation(() => LeaveWorkspacePayload, {
    description: 'Ends one’s own membership. Errors: NOT_FOUND, CONFLICT for the last owner.',
  })
  @RequiresScopes('workspaces:write')
  async leaveWorkspace(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<LeaveWorkspacePayload> {
    await leaveWorkspace(context, id);
    return { leftId: id };
  }

  @Mutation(() => TransferWorkspacePayload, {
    description:
      'Makes a member owner, and the caller an editor. For owners. Errors: NOT_FOUND for an unknown workspace or member, FORBIDDEN, BAD_USER_INPUT to oneself.',
  })
  @RequiresScopes('workspaces:write')
  async transferWorkspace(
    @Arg('input', () => TransferWorkspaceInput) input: TransferWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<TransferWorkspacePayload> {
    return { workspace: await transferWorkspace(context, input) };
  }
}
