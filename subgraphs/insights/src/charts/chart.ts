import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

/** Names and values must be equal: the SDL has defaults of input fields by name. */
export const ChartType = { LINE: 'LINE' } as const;
export type ChartType = (typeof ChartType)[keyof typeof ChartType];
registerEnumType(ChartType, { name: 'ChartType', description: 'How a chart draws its series.' });

export const Measure = {
  COUNT: 'COUNT',
  SUM: 'SUM',
  AVG: 'AVG',
  MIN: 'MIN',
  MAX: 'MAX',
  FIRST: 'FIRST',
  LAST: 'LAST',
} as const;
export type Measure = (typeof Measure)[keyof typeof Measure];
registerEnumType(Measure, {
  name: 'Measure',
  description: 'What stands for the values of one bucket.',
});

@ObjectType({ description: 'What a chart draws: y over x, as the arguments of Dataset.series.' })
@RequiresScopes('insights:read')
export class ChartSpec {
  @Field(() => String, { description: 'Name of a DATE or TIMESTAMP column.' })
  x!: string;

  @Field(() => String, { description: 'Name of the column whose values are measured.' })
  y!: string;

  @Field(() => Measure)
  measure!: Measure;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the column that gives each line its group.',
  })
  groupBy!: string | null;
}

const ChartSchema = defineEntity({
  name: 'Chart',
  tableName: 'charts',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => crypto.randomUUID()),
    workspaceId: p.uuid(),
    datasetId: p.uuid(),
    title: p.text(),
    type: p.enum(() => ChartType),
    spec: p.json<ChartSpec>(),
    createdAt: p.datetime(),
  },
});

@ObjectType({ description: 'A saved drawing of a dataset. Everyone in its workspace sees it.' })
@Directive('@key(fields: "id")')
@RequiresScopes('insights:read')
export class Chart extends ChartSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare title: string;

  @Field(() => ChartType)
  declare type: ChartType;

  @Field(() => ChartSpec)
  declare spec: ChartSpec;

  @Field(() => DateTime)
  declare createdAt: Date;
}
ChartSchema.setClass(Chart);
