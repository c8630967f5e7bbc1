import { defineEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { digestOf, newSecret } from '../secrets/secret.ts';

const SignUpRequestSchema = defineEntity({
  name: 'SignUpRequest',
  tableName: 'sign_up_requests',
  properties: {
    digest: p.text().primary(),
    interactionUid: p.text(),
    email: p.text(),
    displayName: p.text(),
    passwordHash: p.text(),
    language: p.text(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/**
 * A requested account. It is created when the secret that was mailed to its address is presented. Until then it cannot sign in,
 * and the address stays free.
 */
export class SignUpRequest extends SignUpRequestSchema.class {}
SignUpRequestSchema.setClass(SignUpRequest);

const LIFE_MILLISECONDS = 24 * 3_600_000;

const usable = (token: string) => ({
  digest: digestOf(token),
  usedAt: null,
  expiresAt: { $gt: new Date() },
});

type Wanted = Pick<
  SignUpRequest,
  'interactionUid' | 'email' | 'displayName' | 'passwordHash' | 'language'
>;

/** Keeps the request and returns the secret to mail. */
export async function keepSignUpRequest(em: EntityManager, wanted: Wanted): Promise<string> {
  const token = newSecret();
  const expiresAt = new Date(Date.now() + LIFE_MILLISECONDS);
  await em.insert(SignUpRequest, { ...wanted, digest: digestOf(token), expiresAt });
  return token;
}

/** Null when it is unknown, used or expired. */
export const findSignUpRequest = (
  em: EntityManager,
  token: string,
): Promise<SignUpRequest | null> => em.findOne(SignUpRequest, usable(token));

/** Uses it up. False when that has happened already: of several uses at once, one gets true. */
export const takeSignUpRequest = async (em: EntityManager, token: string): Promise<boolean> =>
  (await em.nativeUpdate(SignUpRequest, usable(token), { usedAt: new Date() })) > 0;
