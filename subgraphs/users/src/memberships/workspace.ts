import { WORKSPACE_SCOPES } from '@affluent/service';
import { DateTime, RequiresAnyScope } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const WorkspaceSchema = defineEntity({
  name: 'Workspace',
  tableName: 'workspaces',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    createdAt: p.datetime(),
  },
});

@ObjectType({
  description:
    'What people share datasets and charts in. For others than its members it does not exist.',
})
@Directive('@key(fields: "id")')
@RequiresAnyScope(...WORKSPACE_SCOPES)
export class Workspace extends WorkspaceSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => DateTime)
  declare createdAt: Date;
}
WorkspaceSchema.setClass(Workspace);
