import type { MigrationObject } from '@mikro-orm/core';

import { CreateCharts } from './2026-11-23-create-charts.ts';
import { RowSecurity } from './2026-11-24-row-security.ts';

/** In the order in which they run. */
export const migrations: readonly MigrationObject[] = [
  { name: '2026-11-23-create-charts', class: CreateCharts },
  { name: '2026-11-24-row-security', class: RowSecurity },
];
