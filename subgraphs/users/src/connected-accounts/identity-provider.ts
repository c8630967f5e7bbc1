import { Authenticated } from '@affluent/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'An outside identity provider, named by the settings of this server.' })
@Authenticated()
export class IdentityProvider {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, {
    description: 'Where the browser goes to connect an account there; it comes back to /account.',
  })
  connectUrl!: string;
}
