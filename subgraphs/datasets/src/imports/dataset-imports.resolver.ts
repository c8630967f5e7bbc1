import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { Context } from '../context.ts';
import { Dataset } from '../datasets/dataset.ts';
import { Import } from './import.ts';

type ImportsLoader = DataLoader<string, Import[]>;

/** One for each unit of work. Not a cache: a mutation may follow in the same request. */
const loaders = new WeakMap<EntityManager, ImportsLoader>();

@Resolver(() => Dataset)
export class DatasetImportsResolver {
  @FieldResolver(() => [Import], { description: 'Newest first.' })
  imports(@Root() { id }: Dataset, @Ctx() { em }: Context): Promise<Import[]> {
    const loader = loaders.get(em) ?? createLoader(em);
    loaders.set(em, loader);
    return loader.load(id);
  }
}

const createLoader = (em: EntityManager): ImportsLoader =>
  new DataLoader(
    async (datasetIds) => {
      const imports = await em.find(
        Import,
        { dataset: { $in: [...datasetIds] } },
        { orderBy: { createdAt: 'desc' } },
      );
      const byDataset = Map.groupBy(imports, ({ dataset }) => dataset.id);
      return datasetIds.map((id) => byDataset.get(id) ?? []);
    },
    { cache: false },
  );
