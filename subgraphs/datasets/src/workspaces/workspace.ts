import { WORKSPACE_SCOPES } from '@affluent/service';
import { RequiresAnyScope } from '@affluent/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A reference to a workspace, which lives in the users subgraph. */
@ObjectType()
@Directive('@key(fields: "id", resolvable: false)')
@RequiresAnyScope(...WORKSPACE_SCOPES)
export class Workspace {
  @Field(() => ID)
  id!: string;
}
