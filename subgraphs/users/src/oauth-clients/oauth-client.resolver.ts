import { ACCOUNT_SCOPE } from '@affluent/service';
import { DomainError, identityOf, isUuid, RequiresScopes } from '@affluent/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';

import { assertRecentSignIn } from '../accounts/assert-recent-sign-in.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import type { Context } from '../context.ts';
import { User } from '../users/user.ts';
import { changeClient, deleteClient, rotateSecret } from './change-client.ts';
import { logoPathOf } from './logos/logo-path.ts';
import { RegisterOAuthClientInput, UpdateOAuthClientInput } from './oauth-client.inputs.ts';
import {
  DeleteOAuthClientPayload,
  RegisterOAuthClientPayload,
  RotateOAuthClientSecretPayload,
  UpdateOAuthClientPayload,
} from './oauth-client.payloads.ts';
import { OAuthClient } from './oauth-client.ts';
import { registerClient } from './register-client.ts';

@Resolver(() => OAuthClient)
export class OAuthClientLogoResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Path of our copy of the logo, on this origin.',
  })
  logoPath(@Root() { logoDigest }: OAuthClient): string | null {
    return logoPathOf(logoDigest);
  }
}

@Resolver(() => User)
export class OAuthClientResolver {
  @FieldResolver(() => [OAuthClient], {
    description: 'The clients that the viewer registered, oldest first; empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async oauthClients(@Root() user: User, @Ctx() context: Context): Promise<OAuthClient[]> {
    const { userId } = identityOf(context);
    if (user.id !== userId) return [];
    return context.em.find(OAuthClient, { owner: userId }, { orderBy: { createdAt: 'asc' } });
  }

  @Mutation(() => RegisterOAuthClientPayload, {
    description:
      'Registers a program. Errors: BAD_USER_INPUT with what is wrong, CONFLICT for the 51st client, RECENT_SIGN_IN_REQUIRED for one that acts by itself more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async registerOAuthClient(
    @Arg('input', () => RegisterOAuthClientInput) input: RegisterOAuthClientInput,
    @Ctx() context: Context,
  ): Promise<RegisterOAuthClientPayload> {
    const { userId } = identityOf(context);
    const register = () => registerClient(context, userId, input);
    return input.clientCredentials ? makingAccess(context, register) : register();
  }

  @Mutation(() => UpdateOAuthClientPayload, {
    description:
      'Changes a client of one’s own. Errors: NOT_FOUND, BAD_USER_INPUT, RECENT_SIGN_IN_REQUIRED to let it act by itself more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async updateOAuthClient(
    @Arg('input', () => UpdateOAuthClientInput) input: UpdateOAuthClientInput,
    @Ctx() context: Context,
  ): Promise<UpdateOAuthClientPayload> {
    const own = await findOwn(context, input.id);
    const change = () => changeClient(context, own, input);
    const isNew = input.clientCredentials && !own.clientCredentials;
    return { client: await (isNew ? makingAccess(context, change) : change()) };
  }

  @Mutation(() => RotateOAuthClientSecretPayload, {
    description:
      'Gives a client of one’s own a new secret; the old one ends at once. Errors: NOT_FOUND, CONFLICT when it has none, RECENT_SIGN_IN_REQUIRED for one that acts by itself more than 15 minutes after signing in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async rotateOAuthClientSecret(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<RotateOAuthClientSecretPayload> {
    const client = await findOwn(context, id);
    const rotate = () => rotateSecret(context, client);
    return {
      client,
      clientSecret: await (client.clientCredentials ? makingAccess(context, rotate) : rotate()),
    };
  }

  @Mutation(() => DeleteOAuthClientPayload, {
    description:
      'Deletes a client of one’s own; whatever people allowed it ends at once. Errors: NOT_FOUND.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async deleteOAuthClient(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<DeleteOAuthClientPayload> {
    await deleteClient(context, await findOwn(context, id));
    return { deletedId: id };
  }
}

/** Runs work that lets a program act on the caller's behalf by itself, and notifies them. @throws {DomainError} RECENT_SIGN_IN_REQUIRED. */
async function makingAccess<T>(context: Context, work: () => Promise<T>): Promise<T> {
  await assertRecentSignIn(context.em, identityOf(context));
  const result = await work();
  await notifyOwner(context, 'accessTokenMade');
  return result;
}

/** A client that the caller owns. @throws {DomainError} NOT_FOUND, also for a client of another user. */
async function findOwn(context: Context, id: string): Promise<OAuthClient> {
  const { userId } = identityOf(context);
  const client = isUuid(id)
    ? await context.em.findOne(OAuthClient, { id, owner: userId })
    : undefined;
  if (!client) throw new DomainError('NOT_FOUND', 'There is no such client.');
  return client;
}
