import type { MigrationObject } from '@mikro-orm/postgresql';

import { Datasets } from './2026-11-23-datasets.ts';
import { RowSecurity } from './2026-11-24-row-security.ts';
import { Changes } from './2026-11-28-changes.ts';

/** In the order in which they run. */
export const migrations: readonly MigrationObject[] = [
  { name: '2026-11-23-datasets', class: Datasets },
  { name: '2026-11-24-row-security', class: RowSecurity },
  { name: '2026-11-28-changes', class: Changes },
];
