import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A browser in which a person is signed in.' })
@RequiresScopes(ACCOUNT_SCOPE)
export class Session {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the browser said of itself at the sign-in (its `User-Agent`).',
  })
  userAgent!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Network address of the sign-in.',
  })
  address!: string | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { description: 'To within some minutes.' })
  lastUsedAt!: Date;

  @Field(() => DateTime, { description: 'When it ends, unless it is used before then.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether this request came by it.' })
  isCurrent!: boolean;
}
