export { ensureDatabase } from './databases.ts';
export { freePort, freePorts } from './free-ports.ts';
export { type PostgresServer, startPostgres } from './server.ts';
