import { identityOf } from '@affluent/subgraph';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Membership } from '../workspaces/membership.ts';
import { isUuid, workspacesOf } from '../workspaces/workspace-access.ts';
import { User } from './user.ts';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, {
    nullable: true,
    description: 'The signed-in user; null when nobody is signed in.',
  })
  viewer(@Ctx() { em, identity }: Context): Promise<User | null> | null {
    return identity ? em.findOne(User, identity.userId) : null;
  }

  @FieldResolver(() => [Membership], {
    description:
      "The user's memberships, oldest first: one's own all, another's only where one is a member too.",
  })
  async memberships(@Root() user: User, @Ctx() context: Context): Promise<Membership[]> {
    return context.em.find(
      Membership,
      { user: user.id, workspace: { $in: await workspacesOf(context) } },
      { populate: ['workspace', 'user'], orderBy: { createdAt: 'asc' } },
    );
  }
}

/** Oneself, or somebody in a workspace that one is a member of; null otherwise. */
export async function resolveUser(
  { id }: Pick<User, 'id'>,
  context: Context,
): Promise<User | null> {
  const { em } = context;
  if (!isUuid(id)) return null;
  if (id === identityOf(context).userId) return em.findOne(User, id);
  const shared = await em.count(Membership, {
    user: id,
    workspace: { $in: await workspacesOf(context) },
  });
  return shared > 0 ? em.findOne(User, id) : null;
}
