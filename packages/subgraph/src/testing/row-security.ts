import type { EntityManager } from '@mikro-orm/postgresql';

import { REQUEST_ROLE } from '../row-access.ts';

interface RowSecurity {
  /** Tables of these schemas without row-level security: none may be left out. */
  readonly unsecured: readonly string[];
  /** What requests may do, as `table: SELECT, …`, in order. */
  readonly rights: readonly string[];
  readonly role: { readonly superuser: boolean; readonly bypass: boolean; readonly login: boolean };
}

/** How a database keeps one caller's rows from another, for a test to compare with what is meant. */
export async function readRowSecurity(
  em: EntityManager,
  schemas: readonly string[] = ['public'],
): Promise<RowSecurity> {
  const unsecured = await em.execute<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relrowsecurity AND relname <> 'mikro_orm_migrations'
       AND relnamespace::regnamespace::text = ANY (?::text[])`,
    [`{${schemas.join(',')}}`],
  );
  const rights = await em.execute<{ line: string }[]>(
    `SELECT table_name || ': ' || string_agg(privilege_type, ', ' ORDER BY privilege_type) AS line
     FROM information_schema.role_table_grants
     WHERE grantee = ? AND table_schema = 'public' GROUP BY table_name ORDER BY table_name`,
    [REQUEST_ROLE],
  );
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
