import { buildSubgraph } from '@affluent/subgraph';

import { ChartResolver, resolveChart } from './charts/chart.resolver.ts';
import { DatasetChartsResolver } from './charts/dataset-charts.resolver.ts';
import { resolveDataset } from './datasets/dataset.ts';

export const buildInsightsSchema = () =>
  buildSubgraph({
    resolvers: [ChartResolver, DatasetChartsResolver],
    mutationLimit: { perHour: 1_000 },
    references: { Chart: resolveChart, Dataset: resolveDataset },
  });
