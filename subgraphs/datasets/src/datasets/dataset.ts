import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, type Opt, p } from '@mikro-orm/core';
import { GraphQLBigInt } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

import { Import } from '../imports/import.ts';
import { Column } from './column.ts';

const DatasetSchema = defineEntity({
  name: 'Dataset',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => crypto.randomUUID()),
    workspaceId: p.text(),
    name: p.text(),
    /** The table in schema `data` that holds its rows; null until the first import succeeds: nobody sees it before. */
    tableName: p.text().nullable(),
    rowCount: p.bigint('number').default(0),
    /** The id that the newest row got. */
    lastRowId: p.bigint('number').default(0),
    /** The sequence number of the newest append, which is the dataset's append cursor. */
    lastAppend: p.bigint('number').default(0),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p.datetime().onCreate(() => new Date()),
    columns: () => p.oneToMany(Column).mappedBy('dataset').orderBy({ position: 'asc' }),
    imports: () => p.oneToMany(Import).mappedBy('dataset').orderBy({ createdAt: 'desc' }),
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
