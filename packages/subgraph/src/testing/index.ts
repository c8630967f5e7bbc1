export { type GraphResult, runOperation } from './graph-client.ts';
export { startUsersNeighbour } from './neighbours.ts';
export { readRowSecurity } from './row-security.ts';
