import { DateTime, RequiresScopes } from '@affluent/subgraph';
import { GraphQLScalarType } from 'graphql';
import { GraphQLBigInt } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

const Decimal = new GraphQLScalarType({
  name: 'Decimal',
  description:
    'A number as text, with every stored digit: "9007199254740993", "12.50"; for a FLOAT column also "1e+21".',
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
  description: 'How the values of a bucket are aggregated. FIRST and LAST are by x.',
});

@InputType()
export class SeriesInput {
  @Field(() => String, { description: 'A column of type DATE or TIMESTAMP.' })
  x!: string;

  @Field(() => String, {
    description: 'A column of numbers; for COUNT any column. Rows without a value are ignored.',
  })
  y!: string;

  @Field(() => Measure, { defaultValue: Measure.AVG })
  measure!: Measure;

  @Field(() => String, {
    nullable: true,
    description: 'A column with at most 20 different values: each gets points of its own.',
  })
  groupBy?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  from?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  to?: string | null;

  @Field(() => Int, {
    defaultValue: 1000,
    description: '1 to 10,000: the maximum number of points, all groups together.',
  })
  maxPoints!: number;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class SeriesPoint {
  @Field(() => DateTime, { description: 'The start of its bucket.' })
  x!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'In double precision; yExact has every digit. The same holds for min and max.',
  })
  y!: number | null;

  @Field(() => Decimal, {
    description: 'An AVG over INTEGER or DECIMAL is rounded to at least 16 digits after the point.',
  })
  yExact!: string;

  @Field(() => Float, { nullable: true, description: 'Null if y is not a column of numbers.' })
  min!: number | null;

  @Field(() => Decimal, { nullable: true })
  minExact!: string | null;

  @Field(() => Float, { nullable: true, description: 'Null if y is not a column of numbers.' })
  max!: number | null;

  @Field(() => Decimal, { nullable: true })
  maxExact!: string | null;

  @Field(() => GraphQLBigInt)
  count!: number;

  @Field(() => String, { nullable: true })
  group!: string | null;
}

@ObjectType({ description: 'The points of a chart, in order of x, then of group.' })
@RequiresScopes('datasets:read')
export class Series {
  @Field(() => [SeriesPoint])
  points!: SeriesPoint[];

  @Field(() => Float, { description: '0 if every x has its own point.' })
  bucketSeconds!: number;

  @Field(() => String, {
    description:
      'The newest append that the points include. Pass it to `dataPointsAppended(after:)`.',
  })
  cursor!: string;
}
