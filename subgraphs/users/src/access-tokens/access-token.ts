import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';

import { User } from '../users/user.ts';

const AccessTokenSchema = defineEntity({
  name: 'AccessToken',
  tableName: 'access_tokens',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User),
    name: p.text(),
    /** SHA-256 of the token's text, which is not kept. */
    digest: p.text(),
    scopes: p.array(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

@ObjectType('AccessToken', {
  description: 'A personal access token, with which a script acts in the name of the person.',
})
@RequiresScopes(ACCOUNT_SCOPE)
export class AccessToken extends AccessTokenSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => [String])
  declare scopes: string[];

  @Field(() => DateTime)
  declare createdAt: Date;

  @Field(() => DateTime)
  declare expiresAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'To the minute.' })
  declare lastUsedAt: Date | null;
}
AccessTokenSchema.setClass(AccessToken);
