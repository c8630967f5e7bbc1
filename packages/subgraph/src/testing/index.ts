export { runOperation } from './graph-client.ts';
export { startUsersNeighbour } from './neighbours.ts';
