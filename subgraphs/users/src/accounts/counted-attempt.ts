import { createHash } from 'node:crypto';

import { asService } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

const CountedAttemptSchema = defineEntity({
  name: 'CountedAttempt',
  tableName: 'counted_attempts',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    key: p.text(),
    expiresAt: p.datetime(),
  },
});

/** Something that is limited, done once. The key is a digest of an e-mail or network address. */
export class CountedAttempt extends CountedAttemptSchema.class {}
CountedAttemptSchema.setClass(CountedAttempt);

const MINUTE_MILLISECONDS = 60_000;

/** How often what may be done: by one network address, or to one e-mail address. */
const LIMITS = {
  SIGN_UP: { most: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  RESET_REQUEST: { most: 20, milliseconds: 15 * MINUTE_MILLISECONDS },
  USER_CODE: { most: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  MAIL: { most: 5, milliseconds: 60 * MINUTE_MILLISECONDS },
} as const;

/** Any number that no other lock of this database uses. */
const LOCK = 7_201_414;

/** Counts an attempt, unless there were too many. Those made all at once are limited like those made one by one. */
export function admit(
  em: EntityManager,
  kind: keyof typeof LIMITS,
  value: string,
): Promise<boolean> {
  const { most, milliseconds } = LIMITS[kind];
  const key = createHash('sha256').update(value.toLowerCase()).digest('base64url');
  return em.fork().transactional((transaction) =>
    asService(transaction, async () => {
      await transaction.execute('SELECT pg_advisory_xact_lock(?, hashtext(?))', [LOCK, kind + key]);
      const now = Date.now();
      const counted = { kind, key, expiresAt: { $gt: new Date(now) } };
      if ((await transaction.count(CountedAttempt, counted)) >= most) return false;
      const expiresAt = new Date(now + milliseconds);
      await transaction.insert(CountedAttempt, { id: crypto.randomUUID(), kind, key, expiresAt });
      return true;
    }),
  );
}
