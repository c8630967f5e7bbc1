import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, type Opt, p } from '@mikro-orm/core';
import { GraphQLBigInt } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

import { ColumnType } from './column-type.ts';

// Columns stand beside their dataset: each relation names the other entity.
const ColumnSchema = defineEntity({
  name: 'Column',
  tableName: 'dataset_column',
  properties: {
    dataset: () => p.manyToOne(Dataset).primary().ref(),
    /** From 0. Names the physical column; names from files do not. */
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

  @Field(() => Boolean, { description: 'Whether a data point may have no value here.' })
  declare nullable: boolean;
}
ColumnSchema.setClass(Column);

const DatasetSchema = defineEntity({
  name: 'Dataset',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => crypto.randomUUID()),
    workspaceId: p.text(),
    name: p.text(),
    /** The table in schema `data` that holds the rows; null, and the dataset hidden, until the first import succeeds. */
    tableName: p.text().nullable(),
    rowCount: p.bigint('number').default(0),
    /** The id of the newest row. */
    lastRowId: p.bigint('number').default(0),
    /** The sequence number of the newest change, which `Series.cursor` encodes. */
    lastChange: p.bigint('number').default(0),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p.datetime().onCreate(() => new Date()),
    columns: () => p.oneToMany(Column).mappedBy('dataset').orderBy({ position: 'asc' }),
  },
});

@ObjectType({ description: 'A typed table of data points, in a workspace.' })
@Directive('@key(fields: "id")')
@RequiresScopes('datasets:read')
export class Dataset extends DatasetSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => GraphQLBigInt)
  declare rowCount: Opt<number>;

  @Field(() => DateTime)
  declare createdAt: Opt<Date>;

  @Field(() => DateTime)
  declare updatedAt: Opt<Date>;
}
DatasetSchema.setClass(Dataset);
