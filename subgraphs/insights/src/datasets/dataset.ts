import { RequiresScopes } from '@affluent/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A reference to a dataset, which lives in the datasets subgraph; this one adds its charts. */
@ObjectType()
@Directive('@key(fields: "id")')
@RequiresScopes('datasets:read')
export class Dataset {
  @Field(() => ID)
  id!: string;
}

/** What hangs on a dataset here checks access for itself: the reference alone tells nothing. */
export const resolveDataset = ({ id }: Dataset): Dataset => ({ id });
