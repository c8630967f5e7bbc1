import { RequiresScopes } from '@affluent/subgraph';
import { GraphQLBigInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Why an import failed, in words that a person can act on.' })
@RequiresScopes('datasets:read')
export class ImportError {
  @Field(() => String, { description: 'Stable, for programs.' })
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => GraphQLBigInt, { nullable: true, description: 'Counted from 1.' })
  line!: number | null;
}
