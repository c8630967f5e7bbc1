import { createHash } from 'node:crypto';

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

/** A sign-in that did not succeed. The account is a digest of the e-mail address, whether there is one or not. */
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

/** Whether an account or an address has failed too often in the last 15 minutes to try again now. */
export async function isLimited(em: EntityManager, { email, address }: Attempt): Promise<boolean> {
  const at = { $gt: new Date(Date.now() - WINDOW_MILLISECONDS) };
  const [ofAccount, ofAddress] = await Promise.all([
    em.count(SignInFailure, { account: digest(email), at }),
    em.count(SignInFailure, { address, at }),
  ]);
  return ofAccount >= MAX_PER_ACCOUNT || ofAddress >= MAX_PER_ADDRESS;
}

export async function recordFailure(em: EntityManager, { email, address }: Attempt): Promise<void> {
  await em.insert(SignInFailure, {
    id: crypto.randomUUID(),
    account: digest(email),
    address,
    at: new Date(),
  });
}

/** Forgets what no limit counts any more. */
export async function deleteOldFailures(em: EntityManager): Promise<void> {
  await em.nativeDelete(SignInFailure, { at: { $lt: new Date(Date.now() - WINDOW_MILLISECONDS) } });
}
