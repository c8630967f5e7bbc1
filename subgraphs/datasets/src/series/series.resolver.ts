import { Cost, ListSize } from '@affluent/subgraph';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { readSeries } from './read-series.ts';
import { Series, SeriesInput } from './series.ts';

@Resolver(() => Dataset)
export class SeriesResolver {
  @FieldResolver(() => Series, {
    description: 'Reduced in the database to the number of points that a chart needs.',
  })
  @Cost(50)
  @ListSize({ assumed: 1_000, inputField: 'input.maxPoints', of: ['points'] })
  series(
    @Root() { id }: Dataset,
    @Arg('input', () => SeriesInput) input: SeriesInput,
    @Ctx() { em }: Context,
  ): Promise<Series> {
    const { x, y, measure, groupBy = null, from = null, to = null, maxPoints } = input;
    return readSeries(em, id, { x, y, measure, groupBy, range: { from, to }, maxPoints });
  }
}
