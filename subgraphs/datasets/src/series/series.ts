import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { GraphQLScalarType } from 'graphql';
import { GraphQLBigInt } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

const Decimal = new GraphQLScalarType({
  name: 'Decimal',
  description:
    'A number as text, with every digit that it is stored with: "9007199254740993", "12.50"; of a FLOAT column also "1e+21".',
});

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

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  from?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  to?: string | null;

  @Field(() => Int, {
    defaultValue: 1000,
    description: '1 to 10,000: the most points in the answer, all groups together.',
  })
  maxPoints!: number;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class SeriesPoint {
  @Field(() => DateTime, { description: 'Where its bucket begins.' })
  x!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'To double precision: yExact has every digit, and so has each of its siblings.',
  })
  y!: number | null;

  @Field(() => Decimal, {
    description:
      'An AVG over INTEGER or DECIMAL is rounded, to at least 16 digits after the point.',
  })
  yExact!: string;

  @Field(() => Float, { nullable: true, description: 'Null when y is not a column of numbers.' })
  min!: number | null;

  @Field(() => Decimal, { nullable: true })
  minExact!: string | null;

  @Field(() => Float, { nullable: true, description: 'Null when y is not a column of numbers.' })
  max!: number | null;

  @Field(() => Decimal, { nullable: true })
  maxExact!: string | null;

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
