import { ACCOUNT_SCOPE } from '@affluent/service';
import { DomainError, identityOf, RequiresScopes } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { Grant } from './grant.ts';
import { listGrants, revokeGrant } from './person-grants.ts';

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class RevokeGrantPayload {
  @Field(() => ID)
  revokedId!: string;
}

@Resolver(() => User)
export class GrantResolver {
  @FieldResolver(() => [Grant], {
    description:
      'The programs that the viewer has allowed to act on their behalf, including the viewer’s own that act by themselves; newest first, empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async grants(@Root() user: User, @Ctx() context: Context): Promise<Grant[]> {
    const { userId } = identityOf(context);
    return user.id === userId ? listGrants(context, userId) : [];
  }

  @Mutation(() => RevokeGrantPayload, {
    description: 'Ends a grant with all its tokens, at once. Errors: NOT_FOUND.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async revokeGrant(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<RevokeGrantPayload> {
    if (!(await revokeGrant(context, identityOf(context).userId, id))) {
      throw new DomainError('NOT_FOUND', 'There is no such grant.');
    }
    return { revokedId: id };
  }
}
