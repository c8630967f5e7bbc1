import { PageInfo, RequiresScopes } from '@affluent/subgraph';
import { Field, Int, ObjectType } from 'type-graphql';

import { Dataset } from './dataset.ts';

@ObjectType()
@RequiresScopes('datasets:read')
export class DatasetEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => Dataset)
  node!: Dataset;
}

@ObjectType()
@RequiresScopes('datasets:read')
export class DatasetConnection {
  @Field(() => [DatasetEdge])
  edges!: DatasetEdge[];

  @Field(() => [Dataset])
  nodes!: Dataset[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int)
  totalCount!: number;
}
