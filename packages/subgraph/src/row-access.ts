import type { Identity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

/** The role that requests run as: it owns nothing, and row-level security holds for it. One for all databases of a server. */
export const REQUEST_ROLE = 'affluent_request';

/** Session variables that the policies of a database read. */
export type RowAccess = Readonly<Record<string, string>>;

export type ReadRowAccess = (identity: Identity) => Promise<RowAccess>;

/**
 * An entity manager that sees and changes the caller's rows only. Without variables there are none.
 *
 * When `signal` aborts, the running statement is cancelled in the database, and no other begins.
 *
 * The role is a setting like the others for PostgreSQL: so it takes one statement to set them all, not two.
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
 * Does what is the service's own and not the caller's, such as queueing a job, inside the caller's transaction. Where `em` is
 * the service's own already, it just does it.
 * @throws {Error} outside of a transaction, where the role would stay on a connection of the pool.
 */
export async function asService<T>(em: EntityManager, work: () => Promise<T>): Promise<T> {
  if (!em.isInTransaction()) throw new Error('asService wants a transaction.');
  if (!em.getSessionContext()) return work();
  const restrict = () => em.execute(`SET LOCAL ROLE ${REQUEST_ROLE}`);
  await em.execute('SET LOCAL ROLE NONE');
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // After an error of the database nothing runs before the rollback, which restricts as well.
    await restrict().catch(() => {});
    throw error;
  }
  await restrict();
  return result;
}

/** @throws {Error} that says what to do, when the database's user cannot act as {@link REQUEST_ROLE}. */
export async function assertRequestRole(em: EntityManager): Promise<void> {
  const [found] = await em.execute<{ user: string; ready: boolean }[]>(
    `SELECT current_user AS user, EXISTS (
       SELECT FROM pg_roles WHERE rolname = ? AND pg_has_role(current_user, oid, 'MEMBER')) AS ready`,
    [REQUEST_ROLE],
  );
  if (!found || found.ready) return;
  throw new Error(
    `The database's user cannot act as ${REQUEST_ROLE}, as which requests run. Run as administrator ` +
      `(the first only once a server): CREATE ROLE ${REQUEST_ROLE} NOLOGIN; GRANT ${REQUEST_ROLE} TO "${found.user}";`,
  );
}
