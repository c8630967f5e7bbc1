import { createHash } from 'node:crypto';

import { asService } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { networkOf } from './network-of.ts';

const SignInFailureSchema = defineEntity({
  name: 'SignInFailure',
  tableName: 'sign_in_failures',
  properties: {
    id: p.uuid().primary(),
    account: p.text(),
    /** The network it came from, or the known device. */
    address: p.text(),
    at: p.datetime(),
  },
});

/** A sign-in that failed, or that is still in progress. The account is a digest of the e-mail address, which need not exist. */
export class SignInFailure extends SignInFailureSchema.class {}
SignInFailureSchema.setClass(SignInFailure);

interface Attempt {
  readonly email: string;
  /** Network address that the gateway saw. */
  readonly address: string;
  /** Id of a device that has signed in to this account before, as `KnownDevices` proves it. */
  readonly device?: string | undefined;
}

export interface AdmittedAttempt {
  readonly id: string;
  /** Failures on the account within the last hour, from anywhere, this one among them. */
  readonly accountFailures: number;
}

interface RefusedAttempt {
  readonly waitSeconds: number;
}

const SECOND_MILLISECONDS = 1_000;
const WINDOW_MILLISECONDS = 3600 * SECOND_MILLISECONDS;
/** Failures on an account from one origin that cost no time; each further one doubles the wait before the next attempt. */
export const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 5;
const MAX_WAIT_SECONDS = 900;
/** On one account within the window, known devices excluded. */
export const MAX_PER_ACCOUNT = 100;
/** From one network on all accounts within the window, known devices excluded. */
export const MAX_PER_ADDRESS = 1_000;

const digest = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('base64url');

/** First number of the locks under which attempts on one account, or from one address, are counted. */
const LOCKS = { account: 7_201_412, address: 7_201_413 } as const;

const lock = (em: EntityManager, kind: number, value: string): Promise<unknown> =>
  em.execute('SELECT pg_advisory_xact_lock(?, hashtext(?))', [kind, value]);

const DEVICE = 'device ';

/**
 * Counts an attempt as a failure before it is made, so that concurrent guesses are limited like consecutive ones. Call
 * {@link forgive} when it succeeds.
 *
 * The wait grows with the failures on one account from one origin, so that an attacker cannot lock the owner out: a known device
 * is an origin of its own, exempt from the limits on the account and the address.
 */
export function admitAttempt(
  em: EntityManager,
  { email, address, device }: Attempt,
): Promise<AdmittedAttempt | RefusedAttempt> {
  const account = digest(email);
  const origin = device === undefined ? networkOf(address) : DEVICE + device;
  return em.fork().transactional((transaction) =>
    asService(transaction, async () => {
      // Always in this order, so that no two attempts wait for each other.
      await lock(transaction, LOCKS.account, account);
      await lock(transaction, LOCKS.address, origin);
      const now = Date.now();
      const counts = await count(transaction, { account, origin, now });
      const waitSeconds = waitAfter(counts, { now, isKnown: device !== undefined });
      if (waitSeconds > 0) return { waitSeconds };
      const id = crypto.randomUUID();
      const failure = { id, account, address: origin, at: new Date(now) };
      await transaction.insert(SignInFailure, failure);
      return { id, accountFailures: counts.account + 1 };
    }),
  );
}

interface Counts {
  /** On the account from this origin. */
  readonly own: number;
  readonly lastOwnAt: Date | null;
  readonly account: number;
  /** On the account from all but known devices. */
  readonly strange: number;
  /** From this origin, on all accounts. */
  readonly origin: number;
}

async function count(
  em: EntityManager,
  { account, origin, now }: { account: string; origin: string; now: number },
): Promise<Counts> {
  const since = new Date(now - WINDOW_MILLISECONDS);
  const [found] = await em.execute<Record<keyof Counts, string | null>[]>(
    `SELECT count(*) FILTER (WHERE address = ?) AS own, max(at) FILTER (WHERE address = ?) AS "lastOwnAt",
       count(*) AS account, count(*) FILTER (WHERE address NOT LIKE ?) AS strange,
       (SELECT count(*) FROM sign_in_failures WHERE address = ? AND at > ?) AS origin
     FROM sign_in_failures WHERE account = ? AND at > ?`,
    [origin, origin, `${DEVICE}%`, origin, since, account, since],
  );
  return {
    own: Number(found?.own ?? 0),
    lastOwnAt: found?.lastOwnAt ? new Date(found.lastOwnAt) : null,
    account: Number(found?.account ?? 0),
    strange: Number(found?.strange ?? 0),
    origin: Number(found?.origin ?? 0),
  };
}

/** Seconds until the next attempt is allowed; 0 for now. */
function waitAfter(
  { own, lastOwnAt, strange, origin }: Counts,
  { now, isKnown }: { readonly now: number; readonly isKnown: boolean },
): number {
  if (!isKnown && (strange >= MAX_PER_ACCOUNT || origin >= MAX_PER_ADDRESS))
    return MAX_WAIT_SECONDS;
  if (own < FREE_FAILURES || !lastOwnAt) return 0;
  const wait = Math.min(MAX_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (own - FREE_FAILURES));
  return Math.max(0, Math.ceil(wait - (now - lastOwnAt.getTime()) / SECOND_MILLISECONDS));
}

/** Deletes the failure of an attempt that succeeded. */
export async function forgive(
  em: EntityManager,
  { id }: Pick<AdmittedAttempt, 'id'>,
): Promise<void> {
  await em
    .fork()
    .transactional((transaction) =>
      asService(transaction, () => transaction.nativeDelete(SignInFailure, { id })),
    );
}

/** Deletes failures that no limit counts any more. */
export async function deleteOldFailures(em: EntityManager): Promise<void> {
  await em.nativeDelete(SignInFailure, { at: { $lt: new Date(Date.now() - WINDOW_MILLISECONDS) } });
}
