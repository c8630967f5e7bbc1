import {
  type CallerMemberships,
  type NotificationHub,
  type SubgraphContext,
  type WhileMember,
} from '@affluent/subgraph';

import type { BlobStore } from './blobs/blob-store.ts';
import type { AppendFeed } from './data-points/append-feed.ts';
import type { IsDatasetVisible } from './datasets/visibility-check.ts';
import type { ImportQueue } from './imports/import-queue.ts';

/** The context of every resolver of this subgraph. */
export interface Context extends SubgraphContext {
  readonly memberships: CallerMemberships;
  readonly whileMember: WhileMember;
  readonly notifications: NotificationHub;
  readonly appendFeed: AppendFeed;
  readonly isDatasetVisible: IsDatasetVisible;
  readonly uploads: BlobStore;
  readonly importQueue: ImportQueue;
}
