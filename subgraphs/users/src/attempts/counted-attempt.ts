import { createHash } from 'node:crypto';

import { asService } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { networkOf } from './network-of.ts';

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

/** One use of a limit. The key is a digest of an e-mail or network address, or of a user id. */
export class CountedAttempt extends CountedAttemptSchema.class {}
CountedAttemptSchema.setClass(CountedAttempt);

const MINUTE_MILLISECONDS = 60_000;
const HOUR_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

/** What a limit counts by. */
const KEYS = {
  ADDRESS: networkOf,
  /** `ada+1@example.org` and `Ada@example.org` are one mailbox to most mail servers. */
  MAILBOX: (email: string): string => email.replace(/\+[^@]*(?=@[^@]*$)/, ''),
  PERSON: (userId: string): string => userId,
} as const;

interface Limit {
  readonly per: keyof typeof KEYS;
  readonly max: number;
  readonly milliseconds: number;
}

/** How often something may be done within a period. docs/limits.md lists them. */
export const LIMITS = {
  SIGN_UP: { per: 'ADDRESS', max: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  RESET_REQUEST: { per: 'ADDRESS', max: 20, milliseconds: 15 * MINUTE_MILLISECONDS },
  USER_CODE: { per: 'ADDRESS', max: 100, milliseconds: 15 * MINUTE_MILLISECONDS },
  // Separate budgets, so that others cannot use up that of the links which the owner needs.
  ACCOUNT_MAIL: { per: 'MAILBOX', max: 5, milliseconds: HOUR_MILLISECONDS },
  SIGN_UP_MAIL: { per: 'MAILBOX', max: 5, milliseconds: HOUR_MILLISECONDS },
  INVITATION_MAIL: { per: 'MAILBOX', max: 5, milliseconds: DAY_MILLISECONDS },
  INVITATION_FROM: { per: 'ADDRESS', max: 400, milliseconds: DAY_MILLISECONDS },
  INVITATION: { per: 'PERSON', max: 200, milliseconds: DAY_MILLISECONDS },
  SIGN_IN_WARNING: { per: 'PERSON', max: 1, milliseconds: DAY_MILLISECONDS },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitKind = keyof typeof LIMITS;

/** Key of an advisory lock; unique within this database. */
const LOCK = 7_201_414;

/** Counts an attempt in a transaction of its own, unless there were too many. Concurrent attempts are limited like consecutive ones. */
export const admit = (em: EntityManager, kind: LimitKind, value: string): Promise<boolean> =>
  em.fork().transactional((transaction) => admitWithin(transaction, kind, value));

/** Like {@link admit}, in the caller's transaction: a rollback undoes the count. */
export const admitWithin = (
  transaction: EntityManager,
  kind: LimitKind,
  value: string,
): Promise<boolean> =>
  asService(transaction, async () => {
    const { per, max, milliseconds } = LIMITS[kind];
    const counted = KEYS[per](value).toLowerCase();
    const key = createHash('sha256').update(counted).digest('base64url');
    await transaction.execute('SELECT pg_advisory_xact_lock(?, hashtext(?))', [LOCK, kind + key]);
    const now = Date.now();
    const recent = { kind, key, expiresAt: { $gt: new Date(now) } };
    if ((await transaction.count(CountedAttempt, recent)) >= max) return false;
    const expiresAt = new Date(now + milliseconds);
    await transaction.insert(CountedAttempt, { id: crypto.randomUUID(), kind, key, expiresAt });
    return true;
  });
