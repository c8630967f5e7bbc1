import type { EntityManager } from '@mikro-orm/postgresql';

/** The password hash of the request's caller; null without a password. A request cannot read another user's. */
export async function ownPasswordHash(em: EntityManager): Promise<string | null> {
  const [row] = await em.execute<{ hash: string | null }[]>(
    'SELECT caller_password_hash() AS hash',
  );
  return row?.hash ?? null;
}
