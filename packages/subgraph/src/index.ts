export { identityOf, type SubgraphContext } from './context.ts';
export { openDatabase } from './database.ts';
export { DomainError, type ErrorCode } from './errors.ts';
export {
  canEdit,
  createMembershipReader,
  type Memberships,
  type ReadMemberships,
  type WorkspaceRole,
} from './memberships.ts';
export { buildSubgraph, type Subgraph } from './schema.ts';
export { startSubgraph } from './server.ts';
