import { ACCOUNT_SCOPE } from '@affluent/service';
import {
  Authenticated,
  CacheFor,
  DomainError,
  identityOf,
  isUuid,
  RequiresScopes,
} from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { assertSignInMethodRemains } from '../users/assert-sign-in-method-remains.ts';
import { lockUser } from '../users/lock-user.ts';
import { User } from '../users/user.ts';
import { ConnectedAccount } from './connected-account.ts';
import { IdentityProvider } from './identity-provider.ts';

@ObjectType()
@RequiresScopes(ACCOUNT_SCOPE)
class DisconnectAccountPayload {
  @Field(() => ID)
  disconnectedId!: string;
}

@Resolver(() => ConnectedAccount)
export class ConnectedAccountResolver {
  @Query(() => [IdentityProvider], {
    nullable: true,
    description: 'Outside identity providers that people can sign in with; the settings name them.',
  })
  @Authenticated()
  @CacheFor(300)
  identityProviders(@Ctx() context: Context): IdentityProvider[] {
    return context.outsideProviders.list.map(({ id, name }) => present(context, id, name));
  }

  @FieldResolver(() => IdentityProvider)
  provider(@Root() { provider }: ConnectedAccount, @Ctx() context: Context): IdentityProvider {
    // A provider that was removed from the settings is shown by its id.
    const name = context.outsideProviders.find(provider)?.name ?? provider;
    return present(context, provider, name);
  }

  @Mutation(() => DisconnectAccountPayload, {
    description: 'Errors: NOT_FOUND, CONFLICT when there would be no way left to sign in.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async disconnectAccount(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<DisconnectAccountPayload> {
    const { userId } = identityOf(context);
    await context.em.fork().transactional(async (em) => {
      const user = await lockUser(em, userId);
      const account = isUuid(id) ? await em.findOne(ConnectedAccount, { id, user }) : null;
      if (!account) throw new DomainError('NOT_FOUND', 'There is no such connected account.');
      await em.remove(account).flush();
      await assertSignInMethodRemains(em, userId);
      const name = context.outsideProviders.find(account.provider)?.name ?? account.provider;
      const subject = account.email ? `${name}: ${account.email}` : name;
      await recordAuditEvent(em, { kind: 'ACCOUNT_DISCONNECTED', actorId: userId, subject });
    });
    return { disconnectedId: id };
  }
}

@Resolver(() => User)
export class UserConnectedAccountsResolver {
  @FieldResolver(() => [ConnectedAccount], {
    description: 'The viewer’s connected accounts, oldest first; empty for other users.',
  })
  @RequiresScopes(ACCOUNT_SCOPE)
  async connectedAccounts(
    @Root() { id }: User,
    @Ctx() context: Context,
  ): Promise<ConnectedAccount[]> {
    if (id !== identityOf(context).userId) return [];
    return context.em.find(ConnectedAccount, { user: id }, { orderBy: { createdAt: 'asc' } });
  }
}

const present = ({ publicUrl }: Context, id: string, name: string): IdentityProvider => ({
  id,
  name,
  connectUrl: `${publicUrl}/oidc/connect/${id}`,
});
