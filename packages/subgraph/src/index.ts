export { abortOptionsOf } from './cancellation.ts';
export { type CallerMemberships, createCallerMemberships } from './caller-memberships.ts';
export { askSubgraph } from './ask-subgraph.ts';
export { createServiceTokens, type GetServiceToken } from './service-tokens.ts';
export { identityOf, type SubgraphContext } from './context.ts';
export { createNotificationHub, type NotificationHub } from './notifications/notification-hub.ts';
export { untilReturned } from './notifications/until-returned.ts';
export { createWakeUps } from './notifications/wake-ups.ts';
export { type PageRange, readConnection } from './relay/connection.ts';
export {
  decodeTimePlace,
  encodeTimePlace,
  newestFirst,
  type TimePlace,
} from './relay/newest-first.ts';
export { PageArguments } from './relay/page-arguments.ts';
export { PageInfo } from './relay/page-info.ts';
export { DateTime } from './scalars/date-time.ts';
export { type Jobs, startJobs } from './jobs/jobs.ts';
export type { Job, Queue, QueueOptions } from './jobs/queue.ts';
export { isUuid } from './relay/uuid.ts';
export { openDatabase } from './database.ts';
export { createMembershipWatch, type WhileMember } from './membership-watch.ts';
export { DomainError, type ErrorCode, type ErrorReason } from './errors.ts';
export {
  canEdit,
  createMembershipReader,
  type Memberships,
  type WorkspaceRole,
} from './memberships.ts';
export { Authenticated, RequiresAnyScope, RequiresScopes } from './access-directives.ts';
export { CacheFor } from './cache-hint.ts';
export { Cost, ListSize } from './cost-directives.ts';
export { WORKSPACE_FUNCTIONS, workspaceAccess } from './workspace-access.ts';
export { findNameProblem, type NameProblem, normalizeName, readName } from './name.ts';
export { createRateLimit, type RateLimit } from './rate-limit.ts';
export { buildSubgraph, type Subgraph } from './schema.ts';
export { asService, type ReadRowAccess } from './row-access.ts';
export { startSubgraph } from './server.ts';
export { startWorkspaceSweep } from './sweep-workspaces.ts';
export { observeStatement } from './statement-spans.ts';
export { isUnstorableText } from './unstorable-text.ts';
