import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

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

const LIFE_MILLISECONDS = 5 * 60_000;

export async function keepChallenge(em: EntityManager, challenge: string, use: Use): Promise<void> {
  const expiresAt = new Date(Date.now() + LIFE_MILLISECONDS);
  await em.insert(PasskeyChallenge, { challenge, ...use, expiresAt });
}

/** Whether this challenge was made for this, within the last five minutes; never a second time. */
export async function useChallenge(
  em: EntityManager,
  challenge: string,
  use: Use,
): Promise<boolean> {
  const present = { challenge, ...use, expiresAt: { $gt: new Date() } };
  return (await em.nativeDelete(PasskeyChallenge, present)) === 1;
}

export async function deleteOldChallenges(em: EntityManager): Promise<void> {
  await em.nativeDelete(PasskeyChallenge, { expiresAt: { $lt: new Date() } });
}
