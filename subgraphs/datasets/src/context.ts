import type { Memberships, SubgraphContext } from '@affluent/subgraph';

import type { ImportQueue } from './imports/import-queue.ts';
import type { Spool } from './imports/spool.ts';
import type { NotificationHub } from './notifications/notification-hub.ts';

/** What every resolver of this subgraph gets. */
export interface Context extends SubgraphContext {
  /** Asked once a request. */
  readonly memberships: () => Promise<Memberships>;
  readonly notifications: NotificationHub;
  readonly spool: Spool;
  readonly importQueue: ImportQueue;
}
