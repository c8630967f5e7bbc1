import { Authenticated, DateTime, PageInfo, RequiresScopes } from '@affluent/subgraph';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

import { Dataset } from '../datasets/dataset.ts';

@ObjectType({ description: 'One row of a dataset.' })
@RequiresScopes('datasets:read')
export class DataPoint {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLJSONObject, {
    description:
      'By column name. An INTEGER beyond 2^53 and a DECIMAL are strings of their digits; dates and times are ISO 8601.',
  })
  values!: Record<string, unknown>;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class DataPointEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => DataPoint)
  node!: DataPoint;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class DataPointConnection {
  @Field(() => [DataPointEdge])
  edges!: DataPointEdge[];

  @Field(() => [DataPoint])
  nodes!: DataPoint[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@InputType()
export class AppendDataPointsInput {
  @Field(() => ID)
  datasetId!: string;

  @Field(() => [GraphQLJSONObject], {
    description: 'One object per point: column name to value. At most 10,000; all or nothing.',
  })
  points!: Record<string, unknown>[];

  @Field(() => String, {
    nullable: true,
    description:
      'Makes a retry safe: a repeated key appends nothing and returns the original result.',
  })
  idempotencyKey?: string | null;
}

@ObjectType()
@Authenticated()
export class AppendDataPointsPayload {
  /** Null without the scope to read: the mutation has succeeded and must not return an error. */
  @Field(() => Dataset, { nullable: true })
  dataset!: Dataset;

  @Field(() => Int)
  appended!: number;

  @Field(() => String, { description: 'Pass it to `dataPointsAppended(after:)`.' })
  cursor!: string;
}

@ObjectType({ description: 'Data points that became visible together.' })
@RequiresScopes('datasets:read')
export class DataPointsAppended {
  @Field(() => Int, {
    description: 'Rows in this append; dataPoints has at most the first 1,000 of them.',
  })
  count!: number;

  @Field(() => String)
  cursor!: string;

  @Field(() => DateTime)
  appendedAt!: Date;

  /** Reads the dataset; all subscribers to this append share one read. */
  readDataset!: () => Promise<Dataset>;

  /** Reads the rows; all subscribers to this append share one read. */
  readDataPoints!: () => Promise<DataPoint[]>;
}
