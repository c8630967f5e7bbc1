import {
  decodeTimePlace,
  encodeTimePlace,
  ListSize,
  newestFirst,
  PageArguments,
  readConnection,
  RequiresScopes,
} from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { assertCanRead } from '../workspaces/workspace.policy.ts';
import { Workspace } from '../workspaces/workspace.ts';
import { isTime } from './column-type.ts';
import { DatasetConnection } from './dataset-connection.ts';
import { findDataset } from './dataset.policy.ts';
import { Column, Dataset } from './dataset.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

@Resolver(() => Dataset)
export class DatasetResolver {
  @Query(() => Dataset, {
    nullable: true,
    description:
      'Null if there is no such dataset, or the caller is not a member of its workspace.',
  })
  @RequiresScopes('datasets:read')
  dataset(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Dataset | null> {
    return findDataset(context, id);
  }

  @Query(() => DatasetConnection, {
    nullable: true,
    description:
      'Published datasets of a workspace, newest first. `first` or `last`: 1 to 100; by default the first 20. `search`: part of the name, case-insensitive.',
  })
  @RequiresScopes('datasets:read')
  @ListSize({ page: DEFAULT_PAGE_SIZE, of: ['edges', 'nodes'] })
  async datasets(
    @Arg('workspaceId', () => ID) workspaceId: string,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Ctx() context: Context,
  ): Promise<DatasetConnection> {
    await assertCanRead(context, workspaceId);
    const all: FilterQuery<Dataset> = {
      workspaceId,
      tableName: { $ne: null },
      ...(search && { name: { $ilike: `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` } }),
    };
    const connection = await readConnection({
      page,
      defaultSize: DEFAULT_PAGE_SIZE,
      maxSize: MAX_PAGE_SIZE,
      cursorOf: ({ createdAt, id }: Dataset) => encodeTimePlace({ time: createdAt, id }),
      placeOf: decodeTimePlace,
      read: (range) => {
        const { where, direction } = newestFirst(range, (createdAt) => ({ createdAt }));
        return context.em.find(
          Dataset,
          { $and: [all, ...where] },
          { limit: range.limit, orderBy: { createdAt: direction, id: direction } },
        );
      },
    });
    return { ...connection, totalCount: await context.em.count(Dataset, all) };
  }

  @FieldResolver(() => Workspace, { nullable: true })
  workspace(@Root() { workspaceId }: Dataset): Workspace {
    return { id: workspaceId };
  }

  @FieldResolver(() => [Column])
  @ListSize({ assumed: 20 })
  columns(@Root() dataset: Dataset): Promise<Column[]> {
    return dataset.columns.loadItems({ dataloader: true });
  }

  @FieldResolver(() => Column, {
    nullable: true,
    description: 'The first column of type DATE or TIMESTAMP; null if there is none.',
  })
  async timeColumn(@Root() dataset: Dataset): Promise<Column | null> {
    const columns = await dataset.columns.loadItems({ dataloader: true });
    return columns.find(({ type }) => isTime(type)) ?? null;
  }
}

export const resolveDataset = (
  { id }: Pick<Dataset, 'id'>,
  context: Context,
): Promise<Dataset | null> => findDataset(context, id);
