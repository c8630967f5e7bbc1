import { buildSubgraph, type Subgraph } from '@affluent/subgraph';

import { AppendResolver } from './data-points/append.resolver.ts';
import { DataPointResolver } from './data-points/data-point.resolver.ts';
import { DatasetResolver, resolveDataset } from './datasets/dataset.resolver.ts';
import { DatasetImportsResolver } from './imports/dataset-imports.resolver.ts';
import { ImportResolver, resolveImport } from './imports/import.resolver.ts';
import { SeriesResolver } from './series/series.resolver.ts';

/** This subgraph's schema; `schema.graphql` is printed from it. */
export const buildDatasetsSchema = (): Promise<Subgraph> =>
  buildSubgraph({
    resolvers: [
      DatasetResolver,
      ImportResolver,
      DatasetImportsResolver,
      DataPointResolver,
      AppendResolver,
      SeriesResolver,
    ],
    // The gateway limits appends by their cost.
    mutationLimit: { perHour: 1_000, except: ['appendDataPoints'] },
    references: { Dataset: resolveDataset, Import: resolveImport },
  });
