import { Authenticated, DomainError, identityOf, RequiresScopes } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { createOwnedWorkspace } from '../memberships/create-workspace.ts';
import { Membership } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';
import { lockUser } from '../users/lock-user.ts';
import { readWorkspaceName } from './workspace-name.ts';

const MAX_OWNED = 100;

@InputType()
class CreateWorkspaceInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;
}

@ObjectType()
@Authenticated()
class CreateWorkspacePayload {
  @Field(() => Workspace)
  workspace!: Workspace;
}

@Resolver(() => Workspace)
export class WorkspaceResolver {
  @Query(() => Workspace, {
    nullable: true,
    description: 'A workspace that the caller is a member of; null otherwise.',
  })
  @Authenticated()
  workspace(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Workspace | null> {
    return resolveWorkspace({ id }, context);
  }

  @Mutation(() => CreateWorkspacePayload, {
    description:
      'Makes a workspace that the caller owns. Errors: BAD_USER_INPUT, CONFLICT for the owner of 100.',
  })
  @RequiresScopes('workspaces:write')
  async createWorkspace(
    @Arg('input', () => CreateWorkspaceInput) input: CreateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<CreateWorkspacePayload> {
    const { userId } = identityOf(context);
    const name = readWorkspaceName(input.name);
    const workspace = await context.em.transactional(async (em) => {
      const user = await lockUser(em, userId);
      if ((await em.count(Membership, { user, role: 'OWNER' })) >= MAX_OWNED)
        throw new DomainError('CONFLICT', `You own ${MAX_OWNED} workspaces; delete one first.`, {
          reason: 'TOO_MANY_WORKSPACES',
        });
      const created = createOwnedWorkspace(em, user, name);
      await em.flush();
      const workspaceId = created.id;
      const kind = 'WORKSPACE_CREATED';
      await recordAuditEvent(em, { kind, actorId: userId, workspaceId, subject: name });
      return created;
    });
    return { workspace };
  }

  @FieldResolver(() => [Membership], { description: 'Oldest first.' })
  members(
    @Root() workspace: Workspace,
    @Ctx() { memberships }: Context,
  ): Promise<readonly Membership[]> {
    return memberships.ofWorkspace(workspace.id);
  }
}

/** A workspace that the caller is a member of; null otherwise, as if there were none. */
export async function resolveWorkspace(
  { id }: Pick<Workspace, 'id'>,
  { memberships }: Context,
): Promise<Workspace | null> {
  return (await memberships.ownIn(id))?.workspace ?? null;
}
