import type { MigrationObject } from '@mikro-orm/core';

import { CreateUsers } from './2026-11-23-create-users.ts';

/** In the order in which they run. */
export const migrations: readonly MigrationObject[] = [
  { name: '2026-11-23-create-users', class: CreateUsers },
];
