import { RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ObjectType } from 'type-graphql';

import { ColumnType } from './column-type.ts';
import { Dataset } from './dataset.ts';

const ColumnSchema = defineEntity({
  name: 'Column',
  tableName: 'dataset_column',
  properties: {
    dataset: () => p.manyToOne(Dataset).primary().ref(),
    /** From 0; the physical column is named after it, never after what a file says. */
    position: p.integer().primary(),
    name: p.text(),
    type: p.enum(() => ColumnType),
    nullable: p.boolean(),
  },
});

@ObjectType({ description: 'One column of a dataset.' })
@RequiresScopes('datasets:read')
export class Column extends ColumnSchema.class {
  @Field(() => String)
  declare name: string;

  @Field(() => ColumnType)
  declare type: ColumnType;

  @Field(() => Boolean, { description: 'Whether some data point has no value here.' })
  declare nullable: boolean;
}
ColumnSchema.setClass(Column);
