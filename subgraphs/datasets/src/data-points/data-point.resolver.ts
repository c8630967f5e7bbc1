import { Cost, ListSize, PageArguments, readConnection } from '@affluent/subgraph';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { readTable } from '../datasets/read-table.ts';
import { encodePosition, readPosition } from '../relay/cursor.ts';
import { type DataPoint, DataPointConnection } from './data-point.ts';
import { readPoints } from './read-points.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

@Resolver(() => Dataset)
export class DataPointResolver {
  @FieldResolver(() => DataPointConnection, {
    description:
      'In the order in which they came. `first` or `last`: 1 to 1,000; without them the first 50.',
  })
  @Cost(5)
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges', 'nodes'] })
  dataPoints(
    @Root() { id }: Dataset,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<DataPointConnection> {
    return readTable(context.em, id, ({ em, dataset, tableName }) =>
      readConnection({
        page,
        defaultSize: DEFAULT_PAGE_SIZE,
        maxSize: MAX_PAGE_SIZE,
        cursorOf: (point: DataPoint) => encodePosition(Number(point.id)),
        placeOf: readPosition,
        read: async (range) =>
          tableName === null
            ? []
            : readPoints(em, { tableName, columns: dataset.columns.getItems() }, range),
      }),
    );
  }
}
