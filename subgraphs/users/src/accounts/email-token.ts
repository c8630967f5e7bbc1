import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { digestOf, newSecret } from '../secrets/secret.ts';
import { User } from '../users/user.ts';

export const EmailTokenPurpose = { VERIFY: 'VERIFY', RESET: 'RESET' } as const;
export type EmailTokenPurpose = (typeof EmailTokenPurpose)[keyof typeof EmailTokenPurpose];

const EmailTokenSchema = defineEntity({
  name: 'EmailToken',
  tableName: 'email_tokens',
  properties: {
    digest: p.text().primary(),
    user: () => p.manyToOne(User),
    purpose: p.enum(() => EmailTokenPurpose),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** A secret that was mailed to a person, of which the digest is kept. Good for one use. */
export class EmailToken extends EmailTokenSchema.class {}
EmailTokenSchema.setClass(EmailToken);

const MINUTE_MILLISECONDS = 60_000;
const LIFE_MILLISECONDS = {
  VERIFY: 24 * 60 * MINUTE_MILLISECONDS,
  RESET: 30 * MINUTE_MILLISECONDS,
} as const;

interface TokenUse {
  readonly token: string;
  readonly purpose: EmailTokenPurpose;
}

const usable = ({ token, purpose }: TokenUse) => ({
  digest: digestOf(token),
  purpose,
  usedAt: null,
  expiresAt: { $gt: new Date() },
});

/** Creates a token and returns its text, which is not stored. */
export async function issueEmailToken(
  em: EntityManager,
  { userId, purpose }: { readonly userId: string; readonly purpose: EmailTokenPurpose },
): Promise<string> {
  const token = newSecret();
  await em.insert(EmailToken, {
    digest: digestOf(token),
    user: userId,
    purpose,
    expiresAt: new Date(Date.now() + LIFE_MILLISECONDS[purpose]),
  });
  return token;
}

/** The token's owner, without using it; null when it is unknown, used or expired. */
export async function ownerOfEmailToken(em: EntityManager, use: TokenUse): Promise<User | null> {
  const found = await em.findOne(EmailToken, usable(use), {
    populate: ['user', 'user.passwordHash'],
  });
  return found && found.user;
}

/**
 * Uses the token, and invalidates its owner's other tokens for the purpose.
 * @returns whether it was good until now: of several uses at once, one gets true.
 */
export async function takeEmailToken(em: EntityManager, use: TokenUse): Promise<boolean> {
  const usedAt = new Date();
  const taken = await em.nativeUpdate(EmailToken, usable(use), { usedAt });
  if (taken === 0) return false;
  await em.execute(
    `UPDATE email_tokens SET used_at = ? WHERE used_at IS NULL AND purpose = ?
     AND user_id = (SELECT user_id FROM email_tokens WHERE digest = ?)`,
    [usedAt, use.purpose, digestOf(use.token)],
  );
  return true;
}
