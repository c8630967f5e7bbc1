import { buildSubgraph, type Subgraph } from '@affluent/subgraph';

import { AppendResolver } from './data-points/append.resolver.ts';
import { DataPointResolver } from './data-points/data-point.resolver.ts';
import { DatasetResolver, resolveDataset } from './datasets/dataset.resolver.ts';
import { ImportResolver, resolveImport } from './imports/import.resolver.ts';
import { SeriesResolver } from './series/series.resolver.ts';

/** This subgraph's schema, as it runs and as `schema.graphql` has it. */
export const buildDatasetsSchema = (): Promise<Subgraph> =>
  buildSubgraph({
    resolvers: [DatasetResolver, ImportResolver, DataPointResolver, AppendResolver, SeriesResolver],
    // Appends have a limit of their own: what they cost, at the gateway.
    mutationLimit: { perHour: 1_000, except: ['appendDataPoints'] },
    references: { Dataset: resolveDataset, Import: resolveImport },
  });
