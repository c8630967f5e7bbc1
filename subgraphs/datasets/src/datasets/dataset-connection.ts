import { Field, Int, ObjectType } from 'type-graphql';

import { PageInfo } from '../relay/page-info.ts';
import { Dataset } from './dataset.ts';

@ObjectType()
export class DatasetEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => Dataset)
  node!: Dataset;
}

@ObjectType()
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
