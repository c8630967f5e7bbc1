import { RequiresScopes } from '@affluent/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A reference to a dataset of the datasets subgraph. This subgraph adds its charts. */
@ObjectType()
@Directive('@key(fields: "id")')
@RequiresScopes('datasets:read')
export class Dataset {
  @Field(() => ID)
  id!: string;
}

/** The fields of a dataset here check access themselves; the reference reveals nothing. */
export const resolveDataset = ({ id }: Dataset): Dataset => ({ id });
