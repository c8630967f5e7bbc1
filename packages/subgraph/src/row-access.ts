import type { Identity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { Caller } from './identify.ts';

/** The role of requests. It owns nothing and is subject to row-level security. All databases of a server share it. */
export const REQUEST_ROLE = 'affluent_request';

/** Session variables that the policies of a database read. */
export type RowAccess = Readonly<Record<string, string>>;

/** Reads which rows a person may access. */
export type ReadRowAccess = (identity: Identity) => Promise<RowAccess>;
export type RowAccessOf = (caller: Caller) => Promise<RowAccess>;

/** A caller without an identity accesses no rows. A service accesses those whose policies read `affluent.service`. */
export const createRowAccess =
  (readRowAccess: ReadRowAccess): RowAccessOf =>
  async ({ identity, service }) => {
    if (service) return { 'affluent.service': service.service };
    return identity ? readRowAccess(identity) : {};
  };

/**
 * An entity manager that reads and changes only the caller's rows. Without variables there are none.
 *
 * When `signal` aborts, the running statement is cancelled in the database, and no other begins.
 *
 * To PostgreSQL the role is a setting too, so one statement sets them all.
 */
export const forkForRequest = (
  em: EntityManager,
  variables: RowAccess,
  signal?: AbortSignal,
): EntityManager =>
  em.fork({
    session: { variables: { ...variables, role: REQUEST_ROLE } },
    ...(signal && { signal, inflightQueryAbortStrategy: 'cancel query' }),
  });

/**
 * Does work as the service itself, such as adding a job, inside the caller's transaction. If `em` is not restricted to a
 * caller, it only calls `work`.
 * @throws {Error} outside a transaction, where the role would stay on a pooled connection.
 */
export async function asService<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  if (!em.isInTransaction()) throw new Error('asService must run in a transaction.');
  if (!em.getSessionContext()) return work();
  const restrict = () => em.execute(`SET LOCAL ROLE ${REQUEST_ROLE}`);
  await em.execute('SET LOCAL ROLE NONE');
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // After a database error nothing runs before the rollback, which also resets the role.
    await restrict().catch(() => {});
    throw error;
  }
  await restrict();
  return result;
}

/** @throws {Error} with instructions, when the database's user cannot act as {@link REQUEST_ROLE}. */
export async function assertRequestRole(em: EntityManager): Promise<void> {
  const [found] = await em.execute<{ user: string; ready: boolean }[]>(
    `SELECT current_user AS user, EXISTS (
       SELECT FROM pg_roles WHERE rolname = ? AND pg_has_role(current_user, oid, 'MEMBER')) AS ready`,
    [REQUEST_ROLE],
  );
  if (!found || found.ready) return;
  throw new Error(
    `The database's user cannot act as ${REQUEST_ROLE}, the role of requests. Run as administrator ` +
      `(the first statement once per server): CREATE ROLE ${REQUEST_ROLE} NOLOGIN; GRANT ${REQUEST_ROLE} TO "${found.user}";`,
  );
}
