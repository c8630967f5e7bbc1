import { identityOf } from '@affluent/subgraph';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Membership } from '../memberships/membership.ts';
import { User } from '../users/user.ts';

@Resolver(() => User)
export class UserResolver {
  @Query(() => User, {
    nullable: true,
    description: 'The signed-in user; null when the caller is not signed in.',
  })
  viewer(@Ctx() { em, identity }: Context): Promise<User | null> | null {
    return identity ? em.findOne(User, identity.userId) : null;
  }

  @FieldResolver(() => [Membership], {
    nullable: true,
    description:
      "The user's memberships, oldest first: one's own all, another's only where one is a member too.",
  })
  memberships(@Root() user: User, @Ctx() { memberships }: Context): Promise<readonly Membership[]> {
    return memberships.ofUser(user.id);
  }
}

/** The caller, or a user who shares a workspace with the caller; null otherwise. */
export async function resolveUser(
  { id }: Pick<User, 'id'>,
  context: Context,
): Promise<User | null> {
  if (id === identityOf(context).userId) return context.em.findOne(User, id);
  const [shared] = await context.memberships.ofUser(id);
  return shared?.user ?? null;
}
