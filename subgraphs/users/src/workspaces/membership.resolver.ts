import { FieldResolver, Resolver, Root } from 'type-graphql';

import { Membership } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';
import { User } from '../users/user.ts';

/** Queries for memberships populate user and workspace. */
@Resolver(() => Membership)
export class MembershipResolver {
  @FieldResolver(() => User)
  user(@Root() { user }: Membership): User {
    return user;
  }

  @FieldResolver(() => Workspace)
  workspace(@Root() { workspace }: Membership): Workspace {
    return workspace;
  }
}
