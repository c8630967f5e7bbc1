import { ACCOUNT_SCOPE } from '@affluent/service';
import { DomainError, identityOf, isUuid, RequiresScopes } from '@affluent/subgraph';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { GraphQLJSONObject } from 'graphql-scalars';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';

import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { readPasskeyName } from './passkey-name.ts';
import { Passkey } from './passkey.ts';
import { finishRegistration, startRegistration } from './register-passkey.ts';
import { removePasskey } from './remove-passkey.ts';

@InputType()
class FinishPasskeyRegistrationInput {
  @Field(() => String, { description: '1 to 80 characters.' })
  name!: string;

  @Field(() => GraphQLJSONObject, {
    description: 'What the browser made of the options (`RegistrationResponseJSON` of WebAuthn).',
  })
  response!: object;
}

@InputType()
class RenamePasskeyInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: '1 to 80 characters.' })
  name!: string;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class StartPasskeyRegistrationPayload {
  @Field(() => GraphQLJSONObject, {
    description:
      '`PublicKeyCredentialCreationOptionsJSON` of WebAuthn; good for five minutes, once.',
  })
  options!: object;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class FinishPasskeyRegistrationPayload {
  @Field(() => Passkey)
  passkey!: Passkey;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class RenamePasskeyPayload {
  @Field(() => Passkey)
  passkey!: Passkey;
}

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class RemovePasskeyPayload {
  @Field(() => ID)
  removedId!: string;
}

@Resolver(() => User)
export class PasskeyResolver {
  @FieldResolver(() => [Passkey], {
    description: 'The viewer’s passkeys, oldest first; empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async passkeys(@Root() user: User, @Ctx() context: Context): Promise<Passkey[]> {
    if (user.id !== identityOf(context).userId) return [];
    return context.em.find(Passkey, { user: user.id }, { orderBy: { createdAt: 'asc' } });
  }

  @Mutation(() => StartPasskeyRegistrationPayload, {
    description: 'Errors: RECENT_SIGN_IN_REQUIRED more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async startPasskeyRegistration(
    @Ctx() context: Context,
  ): Promise<StartPasskeyRegistrationPayload> {
    return { options: await startRegistration(context) };
  }

  @Mutation(() => FinishPasskeyRegistrationPayload, {
    description:
      'Errors: BAD_USER_INPUT when the response does not hold, CONFLICT for a passkey that is registered already or the 21st, RECENT_SIGN_IN_REQUIRED more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async finishPasskeyRegistration(
    @Arg('input', () => FinishPasskeyRegistrationInput) input: FinishPasskeyRegistrationInput,
    @Ctx() context: Context,
  ): Promise<FinishPasskeyRegistrationPayload> {
    const response = input.response as RegistrationResponseJSON;
    return { passkey: await finishRegistration(context, input.name, response) };
  }

  @Mutation(() => RenamePasskeyPayload, { description: 'Errors: NOT_FOUND, BAD_USER_INPUT.' })
  @RequiresScopes(ACCOUNT_SCOPE)
  async renamePasskey(
    @Arg('input', () => RenamePasskeyInput) { id, name }: RenamePasskeyInput,
    @Ctx() context: Context,
  ): Promise<RenamePasskeyPayload> {
    const { userId } = identityOf(context);
    const passkey = isUuid(id) ? await context.em.findOne(Passkey, { id, user: userId }) : null;
    if (!passkey) throw new DomainError('NOT_FOUND', 'There is no such passkey.');
    passkey.name = readPasskeyName(name);
    await context.em.flush();
    return { passkey };
  }

  @Mutation(() => RemovePasskeyPayload, {
    description:
      'Errors: NOT_FOUND, CONFLICT when there would be no way left to sign in, RECENT_SIGN_IN_REQUIRED more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async removePasskey(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<RemovePasskeyPayload> {
    await removePasskey(context, id);
    return { removedId: id };
  }
}
