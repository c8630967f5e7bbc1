import { Authenticated, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    displayName: p.text(),
    /** Null when the person has no password. */
    passwordHash: p.text().lazy().hidden().nullable(),
    /** When they confirmed the address. */
    emailVerifiedAt: p.datetime().nullable(),
    /** Language of messages to them: `en` or `fr`. */
    language: p.text().default('en'),
    createdAt: p.datetime(),
  },
});

@ObjectType({
  description:
    'A person with an account. Seen by themselves and by members of a workspace they share.',
})
@Directive('@key(fields: "id")')
@Authenticated()
export class User extends UserSchema.class {
  @Field(() => ID)
  declare id: string;

  // Nullable, so that a token without the scope gets the rest of the person.
  @Field(() => String, { nullable: true })
  @RequiresScopes('profile')
  declare email: string;

  @Field(() => String, { nullable: true })
  @RequiresScopes('profile')
  declare displayName: string;
}
UserSchema.setClass(User);
