import { ACCOUNT_SCOPE } from '@affluent/service';
import { DomainError, identityOf, RequiresScopes } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import { assertRecentSignIn } from '../accounts/assert-recent-sign-in.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { AccessToken } from './access-token.ts';
import { createAccessToken, livingOf, revokeAccessToken } from './person-access-tokens.ts';

@InputType()
class CreateAccessTokenInput {
  @Field(() => String, { description: '1 to 80 characters, to know it by.' })
  name!: string;

  @Field(() => [String], { description: 'At least one.' })
  scopes!: string[];

  @Field(() => Int, { defaultValue: 90, description: '1 to 365.' })
  expiresInDays!: number;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class CreateAccessTokenPayload {
  @Field(() => AccessToken)
  accessToken!: AccessToken;

  @Field(() => String, { description: 'The token itself, shown this once: `aff_pat_…`.' })
  token!: string;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class RevokeAccessTokenPayload {
  @Field(() => ID)
  revokedId!: string;
}

@Resolver(() => User)
export class AccessTokenResolver {
  @FieldResolver(() => [AccessToken], {
    description: 'The viewer’s valid personal access tokens, newest first; empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async accessTokens(@Root() user: User, @Ctx() context: Context): Promise<AccessToken[]> {
    const { userId } = identityOf(context);
    if (user.id !== userId) return [];
    return context.em.find(AccessToken, livingOf(userId), { orderBy: { createdAt: 'desc' } });
  }

  @Mutation(() => CreateAccessTokenPayload, {
    description:
      'Makes a personal access token. Errors: BAD_USER_INPUT with what is wrong, CONFLICT for the 101st, RECENT_SIGN_IN_REQUIRED more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async createAccessToken(
    @Arg('input', () => CreateAccessTokenInput) input: CreateAccessTokenInput,
    @Ctx() context: Context,
  ): Promise<CreateAccessTokenPayload> {
    const identity = identityOf(context);
    await assertRecentSignIn(context.em, identity);
    const created = await createAccessToken(context.em, identity.userId, input);
    await notifyOwner(context, 'accessTokenMade');
    return created;
  }

  @Mutation(() => RevokeAccessTokenPayload, {
    description: 'Ends a personal access token at once. Errors: NOT_FOUND.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async revokeAccessToken(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<RevokeAccessTokenPayload> {
    if (!(await revokeAccessToken(context.em, identityOf(context).userId, id))) {
      throw new DomainError('NOT_FOUND', 'There is no such access token.');
    }
    return { revokedId: id };
  }
}
