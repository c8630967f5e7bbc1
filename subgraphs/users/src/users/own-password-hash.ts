import type { EntityManager } from '@mikro-orm/postgresql';

/** Of the caller whom a request's `em` is for; null without a password. No request can read anybody else's. */
export async function ownPasswordHash(em: EntityManager): Promise<string | null> {
  const [row] = await em.execute<{ hash: string | null }[]>(
    'SELECT caller_password_hash() AS hash',
  );
  return row?.hash ?? null;
}
