import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { findReadableCharts } from './chart.policy.ts';
import { Chart } from './chart.ts';

@Resolver(() => Dataset)
export class DatasetChartsResolver {
  @FieldResolver(() => [Chart], {
    nullable: true,
    description: 'Charts of this dataset, oldest first.',
  })
  charts(@Root() { id }: Dataset, @Ctx() context: Context): Promise<Chart[]> {
    return findReadableCharts([id], context);
  }
}
