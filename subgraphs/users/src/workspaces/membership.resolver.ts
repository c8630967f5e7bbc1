import { FieldResolver, Resolver, Root } from 'type-graphql';

import { User } from '../users/user.ts';
import { Membership } from './membership.ts';
import { Workspace } from './workspace.ts';

/** Whoever finds a membership loads its user and workspace with it. */
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
