import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { RENEWAL_MILLISECONDS } from '../pages/passkey-script.ts';

const PasskeyChallengeSchema = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenges',
  properties: {
    challenge: p.text().primary(),
    purpose: p.text().$type<Purpose>(),
    subject: p.text(),
    expiresAt: p.datetime(),
  },
});

/** What an authenticator is asked to sign, once. */
export class PasskeyChallenge extends PasskeyChallengeSchema.class {}
PasskeyChallengeSchema.setClass(PasskeyChallenge);

type Purpose = 'REGISTER' | 'SIGN_IN';

interface Use {
  readonly purpose: Purpose;
  /** Whom it was made for: a user who registers, or an interaction of the identity provider. */
  readonly subject: string;
}

/** How long an authenticator may take to answer: five minutes. The sign-in page renews its challenge before that. */
const CHALLENGE_MILLISECONDS = RENEWAL_MILLISECONDS + 60_000;

export async function keepChallenge(em: EntityManager, challenge: string, use: Use): Promise<void> {
  const expiresAt = new Date(Date.now() + CHALLENGE_MILLISECONDS);
  await em.insert(PasskeyChallenge, { challenge, ...use, expiresAt });
}

/**
 * Whether this challenge was made for this, within the last five minutes; never a second time.
 * @param challenge - out of JSON that the caller made. Only text is one: an object would be a condition of the query.
 */
export async function useChallenge(
  em: EntityManager,
  challenge: unknown,
  use: Use,
): Promise<boolean> {
  if (typeof challenge !== 'string' || !/^[\w-]+$/.test(challenge)) return false;
  const present = { challenge, ...use, expiresAt: { $gt: new Date() } };
  return (await em.nativeDelete(PasskeyChallenge, present)) === 1;
}

export async function deleteOldChallenges(em: EntityManager): Promise<void> {
  await em.nativeDelete(PasskeyChallenge, { expiresAt: { $lt: new Date() } });
}
