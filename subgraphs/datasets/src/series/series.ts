import { RequiresScopes } from '@affluent/subgraph';
import { GraphQLBigInt, GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

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
  description: 'What a bucket says of its values. FIRST and LAST go by x.',
});

@InputType()
export class SeriesInput {
  @Field(() => String, { description: 'A column of type DATE or TIMESTAMP.' })
  x!: string;

  @Field(() => String, {
    description: 'A column of numbers; with COUNT any column. Rows without a value are left out.',
  })
  y!: string;

  @Field(() => Measure, { defaultValue: Measure.AVG })
  measure!: Measure;

  @Field(() => String, {
    nullable: true,
    description: 'A column with at most 20 different values: one line of points for each.',
  })
  groupBy?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Inclusive.' })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Inclusive.' })
  to?: Date | null;

  @Field(() => Int, {
    defaultValue: 1000,
    description: '1 to 10,000: the most points in the answer, all groups together.',
  })
  maxPoints!: number;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class SeriesPoint {
  @Field(() => GraphQLDateTime, { description: 'Where its bucket begins.' })
  x!: Date;

  @Field(() => Float, { nullable: true })
  y!: number | null;

  @Field(() => Float, { nullable: true })
  min!: number | null;

  @Field(() => Float, { nullable: true })
  max!: number | null;

  @Field(() => GraphQLBigInt)
  count!: number;

  @Field(() => String, { nullable: true })
  group!: string | null;
}

@ObjectType({ description: 'What a chart draws: points in order of x, then of group.' })
@RequiresScopes('datasets:read')
export class Series {
  @Field(() => [SeriesPoint])
  points!: SeriesPoint[];

  @Field(() => Float, { description: '0 when every x has its own point.' })
  bucketSeconds!: number;

  @Field(() => String, {
    description: 'The append that the points go up to: goes into `dataPointsAppended(after:)`.',
  })
  cursor!: string;
}
