import { Cost, ListSize, PageArguments, readConnection } from '@affluent/subgraph';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { encodePosition, readPosition } from '../relay/cursor.ts';
import { readRows } from '../storage/read-rows.ts';
import { readSnapshot } from '../storage/read-snapshot.ts';
import { type DataPoint, DataPointConnection } from './data-point.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

@Resolver(() => Dataset)
export class DataPointResolver {
  @FieldResolver(() => DataPointConnection, {
    description:
      'In the order in which they were added. `first` or `last`: 1 to 1,000; by default the first 50.',
  })
  @Cost(5)
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges', 'nodes'] })
  dataPoints(
    @Root() { id }: Dataset,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<DataPointConnection> {
    return readSnapshot(context.em, id, ({ em, table }) =>
      readConnection({
        page,
        defaultSize: DEFAULT_PAGE_SIZE,
        maxSize: MAX_PAGE_SIZE,
        cursorOf: (point: DataPoint) => encodePosition(Number(point.id)),
        placeOf: readPosition,
        read: async (range) => (table ? readRows(em, table, range) : []),
      }),
    );
  }
}
