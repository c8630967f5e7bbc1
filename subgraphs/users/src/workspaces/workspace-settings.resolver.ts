import { Authenticated, identityOf, RequiresScopes } from '@affluent/subgraph';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { Workspace } from '../memberships/workspace.ts';
import { readWorkspaceName } from './workspace-name.ts';
import { asOwner } from './workspace.policy.ts';

@InputType()
class RenameWorkspaceInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;
}

@ObjectType()
@Authenticated()
class RenameWorkspacePayload {
  @Field(() => Workspace)
  workspace!: Workspace;
}

@ObjectType()
@Authenticated()
class DeleteWorkspacePayload {
  @Field(() => ID)
  deletedId!: string;
}

@Resolver()
export class WorkspaceSettingsResolver {
  @Mutation(() => RenameWorkspacePayload, {
    description: 'For owners. Errors: NOT_FOUND, FORBIDDEN, BAD_USER_INPUT.',
  })
  @RequiresScopes('workspaces:write')
  async renameWorkspace(
    @Arg('input', () => RenameWorkspaceInput) input: RenameWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<RenameWorkspacePayload> {
    const name = readWorkspaceName(input.name);
    const workspace = await asOwner(context, input.id, async ({ em, workspace: locked }) => {
      locked.name = name;
      await em.flush();
      const workspaceId = locked.id;
      const actorId = identityOf(context).userId;
      await recordAuditEvent(em, {
        kind: 'WORKSPACE_CHANGED',
        actorId,
        workspaceId,
        subject: name,
      });
      return locked;
    });
    return { workspace };
  }

  @Mutation(() => DeleteWorkspacePayload, {
    description:
      'Ends a workspace with all its memberships and invitations: its datasets and charts become unreachable. For owners. Errors: NOT_FOUND, FORBIDDEN.',
  })
  @RequiresScopes('workspaces:write')
  async deleteWorkspace(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<DeleteWorkspacePayload> {
    await asOwner(context, id, async ({ em, workspace }) => {
      const { name: subject, id: workspaceId } = workspace;
      await em.nativeDelete(Workspace, { id: workspaceId });
      const actorId = identityOf(context).userId;
      await recordAuditEvent(em, { kind: 'WORKSPACE_DELETED', actorId, workspaceId, subject });
    });
    return { deletedId: id };
  }
}
