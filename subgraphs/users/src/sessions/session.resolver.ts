import { ACCOUNT_SCOPE } from '@affluent/service';
import { DomainError, identityOf, RequiresScopes } from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { endAllSessions, endSession, listSessions } from './person-sessions.ts';
import { Session } from './session.ts';

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class EndSessionPayload {
  @Field(() => ID)
  endedId!: string;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class SignOutEverywherePayload {
  @Field(() => Int, { description: 'How many sessions there were.' })
  ended!: number;
}

@Resolver(() => User)
export class SessionResolver {
  @FieldResolver(() => [Session], {
    description:
      'The browsers in which the viewer is signed in, last used first; empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async sessions(@Root() user: User, @Ctx() context: Context): Promise<Session[]> {
    const identity = identityOf(context);
    return user.id === identity.userId ? listSessions(context.em, identity) : [];
  }

  @Mutation(() => EndSessionPayload, {
    description: 'Signs one browser out, at once. Errors: NOT_FOUND.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async endSession(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<EndSessionPayload> {
    const { userId } = identityOf(context);
    if (!(await endSession(context.em, userId, id)))
      throw new DomainError('NOT_FOUND', 'There is no such session.');
    return { endedId: id };
  }

  @Mutation(() => SignOutEverywherePayload, {
    description: 'Signs every browser out, at once: this one too.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async signOutEverywhere(@Ctx() context: Context): Promise<SignOutEverywherePayload> {
    return { ended: await endAllSessions(context.em, identityOf(context).userId) };
  }
}
