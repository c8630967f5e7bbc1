import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';

import { User } from '../users/user.ts';

const ConnectedAccountSchema = defineEntity({
  name: 'ConnectedAccount',
  tableName: 'connected_accounts',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User),
    /** Id of the provider in the settings. */
    provider: p.text(),
    /** Id of the person at the provider; never reassigned. */
    subject: p.text(),
    email: p.text().nullable(),
    createdAt: p.datetime(),
  },
});

@ObjectType({ description: 'An account at an outside identity provider that can sign in here.' })
@RequiresScopes(ACCOUNT_SCOPE)
export class ConnectedAccount extends ConnectedAccountSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The address at the provider when the account was connected; null when the provider sent none.',
  })
  declare email: string | null;

  @Field(() => DateTime)
  declare createdAt: Date;
}
ConnectedAccountSchema.setClass(ConnectedAccount);
