import { defineEntity, p } from '@mikro-orm/core';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    displayName: p.text(),
    passwordHash: p.text().lazy().hidden(),
    createdAt: p.datetime(),
  },
});

@ObjectType({
  description:
    'A person with an account. Seen by themselves and by members of a workspace they share.',
})
@Directive('@key(fields: "id")')
export class User extends UserSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare email: string;

  @Field(() => String)
  declare displayName: string;
}
UserSchema.setClass(User);
