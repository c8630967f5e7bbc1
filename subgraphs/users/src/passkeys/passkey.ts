import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';

import { User } from '../users/user.ts';

const PasskeySchema = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(User),
    /** The authenticator's own name for it, in base64url. */
    credentialId: p.text(),
    publicKey: p.uint8array(),
    /** How often the authenticator says that it was used; 0 for those that do not count. */
    counter: p.bigint('number'),
    /** How a browser reaches the authenticator, as reported at registration. */
    transports: p.array(),
    name: p.text(),
    isBackedUp: p.boolean(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});

@ObjectType({
  description:
    'A key on a person’s device that signs them in (WebAuthn), behind a finger, a face or a PIN.',
})
@RequiresScopes(ACCOUNT_SCOPE)
export class Passkey extends PasskeySchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => Boolean, {
    description:
      'Whether it is kept in an account of the device’s maker too, and so outlives the device.',
  })
  declare isBackedUp: boolean;

  @Field(() => DateTime)
  declare createdAt: Date;

  @Field(() => DateTime, { nullable: true })
  declare lastUsedAt: Date | null;
}
PasskeySchema.setClass(Passkey);
