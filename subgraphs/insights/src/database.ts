import { openDatabase } from '@affluent/subgraph';

import { Chart } from './charts/chart.ts';
import { migrations } from './migrations/migrations.ts';

export const connect = (databaseUrl: string) =>
  openDatabase({ databaseUrl, entities: [Chart], migrations });
