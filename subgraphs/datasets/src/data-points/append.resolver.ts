import { Cost, ListSize, RequiresScopes } from '@affluent/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';

import type { Context } from '../context.ts';
import { getEditableDataset } from '../datasets/dataset.policy.ts';
import { Dataset } from '../datasets/dataset.ts';
import { appendPoints } from './append-points.ts';
import {
  AppendDataPointsInput,
  AppendDataPointsPayload,
  DataPoint,
  DataPointsAppended,
} from './data-point.ts';
import { watchAppends } from './watch-appends.ts';

@Resolver(() => DataPointsAppended)
export class AppendResolver {
  @Mutation(() => AppendDataPointsPayload)
  @RequiresScopes('datasets:write')
  @Cost(10)
  async appendDataPoints(
    @Arg('input', () => AppendDataPointsInput) input: AppendDataPointsInput,
    @Ctx() context: Context,
  ): Promise<AppendDataPointsPayload> {
    const { id } = await getEditableDataset(context, input.datasetId);
    return appendPoints({
      em: context.em,
      datasetId: id,
      points: input.points,
      idempotencyKey: input.idempotencyKey ?? null,
    });
  }

  @Subscription(() => DataPointsAppended, {
    description:
      'Every append, exactly once and in the order of commit: from now on or, with `after`, since that cursor.',
    subscribe: ({ args, context }) =>
      watchAppends(context as Context, String(args.datasetId), args.after as string | null),
  })
  @RequiresScopes('datasets:read')
  dataPointsAppended(
    @Arg('datasetId', () => ID) _datasetId: string,
    @Arg('after', () => String, { nullable: true }) _after: string | null,
    @Root() appended: DataPointsAppended,
  ): DataPointsAppended {
    return appended;
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { readDataset }: DataPointsAppended): Promise<Dataset> {
    return readDataset();
  }

  @FieldResolver(() => [DataPoint])
  @ListSize({ assumed: 100 })
  dataPoints(@Root() { readDataPoints }: DataPointsAppended): Promise<DataPoint[]> {
    return readDataPoints();
  }
}
