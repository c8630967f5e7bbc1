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
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** How often something may be done within a time: by a network address, by a person, or to an e-mail address. */
export const LIMITS = {
  // By a network address.
  SIGN_UP: { max: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  RESET_REQUEST: { max: 20, milliseconds: 15 * MINUTE_MILLISECONDS },
  USER_CODE: { max: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  // To an e-mail address. Each has a budget of its own, so that nobody can use up that of the links the owner needs.
  ACCOUNT_MAIL: { max: 5, milliseconds: HOUR_MILLISECONDS },
  SIGN_UP_MAIL: { max: 5, milliseconds: HOUR_MILLISECONDS },
  INVITATION_MAIL: { max: 5, milliseconds: DAY_MILLISECONDS },
  // By a person.
  INVITATION: { max: 200, milliseconds: DAY_MILLISECONDS },
} as const;

export type LimitKind = keyof typeof LIMITS;

/** Any number that no other lock of this database uses. */
const LOCK = 7_201_414;

/** Counts an attempt in a transaction of its own, unless there were too many. Concurrent attempts are limited like consecutive ones. */
export const admit = (em: EntityManager, kind: LimitKind, value: string): Promise<boolean> =>
  em.fork().transactional((transaction) => admitWithin(transaction, kind, value));

/** As {@link admit}, in the caller's transaction: what is rolled back does not count. */
export const admitWithin = (
  transaction: EntityManager,
  kind: LimitKind,
  value: string,
): Promise<boolean> =>
  asService(transaction, async () => {
    const { max, milliseconds } = LIMITS[kind];
    const key = createHash('sha256').update(value.toLowerCase()).digest('base64url');
    await transaction.execute('SELECT pg_advisory_xact_lock(?, hashtext(?))', [LOCK, kind + key]);
    const now = Date.now();
    const counted = { kind, key, expiresAt: { $gt: new Date(now) } };
    if ((await transaction.count(CountedAttempt, counted)) >= max) return false;
    const expiresAt = new Date(now + milliseconds);
    await transaction.insert(CountedAttempt, { id: crypto.randomUUID(), kind, key, expiresAt });
    return true;
  });

/**
 * The mailbox behind an address, to count what is sent to it: `ada+1@example.org` and `Ada@example.org` are one to most mail
 * servers.
 */
export const mailboxOf = (email: string): string =>
  email.toLowerCase().replace(/\+[^@]*(?=@[^@]*$)/, '');
