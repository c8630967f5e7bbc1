export { ensureDatabase } from './databases.ts';
export { type PostgresServer, startPostgres } from './server.ts';
