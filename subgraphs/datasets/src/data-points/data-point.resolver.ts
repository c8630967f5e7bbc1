import { assertPageSize, connectionOf, Cost, ListSize } from '@affluent/subgraph';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { readTable } from '../datasets/read-table.ts';
import { decodePosition, encodePosition } from '../relay/cursor.ts';
import { type DataPoint, DataPointConnection } from './data-point.ts';
import { readPoints } from './read-points.ts';

const LARGEST_PAGE = 1_000;

@Resolver(() => Dataset)
export class DataPointResolver {
  @FieldResolver(() => DataPointConnection, {
    description: 'In the order in which they came. `first`: 1 to 1,000.',
  })
  @Cost(5)
  @ListSize({ argument: 'first', of: ['edges', 'nodes'] })
  async dataPoints(
    @Root() { id }: Dataset,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ): Promise<DataPointConnection> {
    assertPageSize(first, LARGEST_PAGE);
    const range = { after: decodePosition(after), limit: first + 1 };
    const found = await readTable(context.em, id, async ({ em, dataset, tableName }) => {
      if (tableName === null) return [];
      return readPoints(em, { tableName, columns: dataset.columns.getItems() }, range);
    });
    const cursorOf = (point: DataPoint): string => encodePosition(Number(point.id));
    return connectionOf({ found, first, after, cursorOf });
  }
}
