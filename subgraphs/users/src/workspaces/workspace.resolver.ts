import { DomainError, identityOf } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { createOwnedWorkspace } from './create-workspace.ts';
import { Membership } from './membership.ts';
import { Workspace } from './workspace.ts';

/** No control characters: a NUL is no text to PostgreSQL. */
const NAME = /^\P{Cc}{1,100}$/u;

@InputType()
class CreateWorkspaceInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;
}

@ObjectType()
class CreateWorkspacePayload {
  @Field(() => Workspace)
  workspace!: Workspace;
}

@Resolver(() => Workspace)
export class WorkspaceResolver {
  @Mutation(() => CreateWorkspacePayload, {
    description: 'Makes a workspace that the caller owns.',
  })
  async createWorkspace(
    @Arg('input', () => CreateWorkspaceInput) input: CreateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<CreateWorkspacePayload> {
    const { userId } = identityOf(context);
    const name = input.name.trim();
    if (!NAME.test(name)) {
      throw new DomainError('BAD_USER_INPUT', 'The name of a workspace has 1 to 100 characters.');
    }
    const user = await context.em.findOne(User, userId);
    if (!user) throw new DomainError('UNAUTHENTICATED', 'This account does not exist any more.');
    const workspace = createOwnedWorkspace(context.em, user, name);
    await context.em.flush();
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
