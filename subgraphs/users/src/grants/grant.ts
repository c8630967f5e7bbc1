import { ACCOUNT_SCOPE } from '@affluent/service';
import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What a person allowed a program to do in their name.' })
@RequiresScopes(ACCOUNT_SCOPE)
export class Grant {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  clientId!: string;

  @Field(() => String)
  clientName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Path of our copy of its logo, on this origin.',
  })
  logoUri!: string | null;

  @Field(() => [String], { description: 'Of the graph; what the program may do there.' })
  scopes!: string[];

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the program last got an access token, which lives for minutes.',
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Null for a program of one’s own that acts by itself: that lasts until it is ended.',
  })
  expiresAt!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether it is a program of one’s own that acts by itself (`client_credentials`), without a sign-in.',
  })
  clientCredentials!: boolean;
}
