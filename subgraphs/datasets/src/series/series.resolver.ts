import { Cost, DomainError, ListSize } from '@affluent/subgraph';
import { DatabaseError } from 'pg';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { readTable } from '../datasets/read-table.ts';
import { encodePosition } from '../relay/cursor.ts';
import { reduceSeries } from './reduce-series.ts';
import { planSeries } from './series-query.ts';
import { Series, SeriesInput } from './series.ts';

const MAX_POINTS = 10_000;
const OUT_OF_RANGE = '22003';

@Resolver(() => Dataset)
export class SeriesResolver {
  @FieldResolver(() => Series, {
    description: 'Reduced in the database, as small as a chart needs it.',
  })
  @Cost(50)
  @ListSize({ assumed: 1_000, inputField: 'input.maxPoints', of: ['points'] })
  async series(
    @Root() { id }: Dataset,
    @Arg('input', () => SeriesInput) input: SeriesInput,
    @Ctx() context: Context,
  ): Promise<Series> {
    const { maxPoints } = input;
    if (maxPoints < 1 || maxPoints > MAX_POINTS) {
      throw new DomainError('BAD_USER_INPUT', `maxPoints must be between 1 and ${MAX_POINTS}.`);
    }
    try {
      return await readTable(context.em, id, async ({ em, dataset, tableName }) => {
        const cursor = encodePosition(dataset.lastAppend);
        if (tableName === null) return { points: [], bucketSeconds: 0, cursor };
        const query = planSeries(input, { tableName, columns: dataset.columns.getItems() });
        return { ...(await reduceSeries(em, query, maxPoints)), cursor };
      });
    } catch (error) {
      const isTooLarge = error instanceof DatabaseError && error.code === OUT_OF_RANGE;
      if (!isTooLarge) throw error;
      const message = `The values of y are too large for a chart: ${error.message}.`;
      throw new DomainError('BAD_USER_INPUT', message, {
        reason: 'VALUES_TOO_LARGE',
        cause: error,
      });
    }
  }
}
