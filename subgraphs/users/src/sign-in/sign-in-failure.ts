import { createHash } from 'node:crypto';

import { asService } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

const SignInFailureSchema = defineEntity({
  name: 'SignInFailure',
  tableName: 'sign_in_failures',
  properties: {
    id: p.uuid().primary(),
    account: p.text(),
    address: p.text(),
    at: p.datetime(),
  },
});

/** A sign-in that did not succeed, or not yet. The account is a digest of the e-mail address, whether there is one or not. */
export class SignInFailure extends SignInFailureSchema.class {}
SignInFailureSchema.setClass(SignInFailure);

interface Attempt {
  readonly email: string;
  /** Network address that the gateway saw. */
  readonly address: string;
}

const WINDOW_MILLISECONDS = 15 * 60_000;
const MAX_PER_ACCOUNT = 10;
const MAX_PER_ADDRESS = 100;

const digest = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('base64url');

/** First number of the locks under which attempts on one account, or from one address, are counted. */
const LOCKS = { account: 7_201_412, address: 7_201_413 } as const;

const lock = (em: EntityManager, kind: number, value: string): Promise<unknown> =>
  em.execute('SELECT pg_advisory_xact_lock(?, hashtext(?))', [kind, value]);

/**
 * Counts an attempt as a failure before it is made: then guesses sent all at once are limited like guesses one after the
 * other. {@link forgive} it when it succeeds.
 * @returns the id of the failure; undefined when the account or the address has failed too often in the last 15 minutes.
 */
export function admitAttempt(
  em: EntityManager,
  { email, address }: Attempt,
): Promise<string | undefined> {
  const account = digest(email);
  return em.fork().transactional((transaction) =>
    asService(transaction, async () => {
      // Always in this order, so that no two attempts wait for each other.
      await lock(transaction, LOCKS.account, account);
      await lock(transaction, LOCKS.address, address);
      const now = Date.now();
      const at = { $gt: new Date(now - WINDOW_MILLISECONDS) };
      if ((await transaction.count(SignInFailure, { account, at })) >= MAX_PER_ACCOUNT) return;
      if ((await transaction.count(SignInFailure, { address, at })) >= MAX_PER_ADDRESS) return;
      const id = crypto.randomUUID();
      await transaction.insert(SignInFailure, { id, account, address, at: new Date(now) });
      return id;
    }),
  );
}

/** Takes back an attempt that succeeded. */
export async function forgive(em: EntityManager, id: string): Promise<void> {
  await em
    .fork()
    .transactional((transaction) =>
      asService(transaction, () => transaction.nativeDelete(SignInFailure, { id })),
    );
}

/** Forgets what no limit counts any more. */
export async function deleteOldFailures(em: EntityManager): Promise<void> {
  await em.nativeDelete(SignInFailure, { at: { $lt: new Date(Date.now() - WINDOW_MILLISECONDS) } });
}
