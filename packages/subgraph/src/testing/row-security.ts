import type { EntityManager } from '@mikro-orm/postgresql';

import { REQUEST_ROLE } from '../row-access.ts';

interface RowSecurity {
  /** Tables without row-level security: none may be left out. */
  readonly unsecured: readonly string[];
  /** What requests may do, as `table: SELECT, UPDATE (column, …)`, in order. Tables of data are one: `data.*`. */
  readonly rights: readonly string[];
  readonly role: { readonly superuser: boolean; readonly bypass: boolean; readonly login: boolean };
}

/** Of the schemas that requests may read. */
const SECURED = `relkind IN ('r', 'p') AND relname <> 'mikro_orm_migrations'
  AND relnamespace::regnamespace::text IN ('public', 'data')`;

/** Every right of the role, and of everybody: on a table, or on some of its columns only. */
const RIGHTS = `
  WITH granted AS (
    SELECT oid, NULL AS attname, (aclexplode(relacl)).* FROM pg_class
    UNION ALL
    SELECT attrelid, attname, (aclexplode(attacl)).* FROM pg_attribute WHERE attnum > 0
  ), named AS (
    SELECT DISTINCT CASE relnamespace::regnamespace::text WHEN 'public' THEN relname::text
        WHEN 'data' THEN 'data.*' ELSE oid::regclass::text END AS name,
      privilege_type || coalesce(' (' || string_agg(attname, ', ' ORDER BY attname) || ')', '') AS granted_right
    FROM granted JOIN pg_class USING (oid)
    WHERE grantee IN (0, ?::regrole)
      AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
    GROUP BY oid, relname, relnamespace, privilege_type, attname IS NULL
  )
  SELECT name || ': ' || string_agg(granted_right, ', ' ORDER BY granted_right) AS line
  FROM named GROUP BY name ORDER BY name`;

/** How a database keeps one caller's rows from another, for a test to compare with what is meant. */
export async function readRowSecurity(em: EntityManager): Promise<RowSecurity> {
  const unsecured = await em.execute<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE ${SECURED} AND NOT relrowsecurity`,
  );
  const rights = await em.execute<{ line: string }[]>(RIGHTS, [REQUEST_ROLE]);
  const [role] = await em.execute<RowSecurity['role'][]>(
    'SELECT rolsuper AS superuser, rolbypassrls AS bypass, rolcanlogin AS login FROM pg_roles WHERE rolname = ?',
    [REQUEST_ROLE],
  );
  return {
    unsecured: unsecured.map(({ name }) => name),
    rights: rights.map(({ line }) => line),
    role: role ?? { superuser: true, bypass: true, login: true },
  };
}
