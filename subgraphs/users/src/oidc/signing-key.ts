import { defineEntity, p } from '@mikro-orm/core';
import type { MikroORM } from '@mikro-orm/postgresql';
import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, type JWK } from 'jose';

const SigningKeySchema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    id: p.text().primary(),
    sealed: p.text(),
    createdAt: p.datetime(),
  },
});

/** A private key that signs tokens, sealed with ENCRYPTION_KEY (JWE, `dir` with A256GCM). */
export class SigningKey extends SigningKeySchema.class {}
SigningKeySchema.setClass(SigningKey);

/** Key of an advisory lock; unique within this database. */
const LOCK = 7_201_411;

const DAY = 24 * 3600_000;
/** How long a new key is published before it signs: verifiers look for new keys every ten minutes. */
const SHOWN_AHEAD = 30 * 60_000;
/** How long a retired key is published: as long as the longest session, whose ID token is needed to sign out. */
const SHOWN_AFTER = 15 * DAY;

interface RotationOptions {
  readonly encryptionKey: Uint8Array;
  /** Days after which a new key is made. */
  readonly days: number;
  readonly now?: Date;
}

/**
 * The keys of tokens (ES256), the signing key first. Makes and deletes keys that are due, under a lock that all processes share.
 * A new key is published before it signs, and an old one until everything that it signed has expired.
 * @throws {Error} when they were sealed with another ENCRYPTION_KEY.
 */
export async function takeSigningKeys(
  orm: MikroORM,
  { encryptionKey, days, now = new Date() }: RotationOptions,
): Promise<JWK[]> {
  const keys = await orm.em.fork().transactional(async (em) => {
    await em.execute('SELECT pg_advisory_xact_lock(?)', [LOCK]);
    const all = await em.find(SigningKey, {}, { orderBy: { createdAt: 'desc' } });
    const age = ({ createdAt }: SigningKey): number => now.getTime() - createdAt.getTime();
    const [newest] = all;
    if (!newest || age(newest) >= days * DAY)
      all.unshift(em.create(SigningKey, await makeKey(encryptionKey, now)));
    const signing = all.find((key) => age(key) >= SHOWN_AHEAD) ?? all.at(-1);
    // A key is retired when its successor begins to sign.
    const isOver = (_: SigningKey, index: number): boolean => {
      const successor = all[index - 1];
      return successor !== undefined && age(successor) >= SHOWN_AHEAD + SHOWN_AFTER;
    };
    em.remove(all.filter(isOver));
    const shown = all.filter((key, index) => !isOver(key, index) && key !== signing);
    return signing ? [signing, ...shown] : shown;
  });
  return Promise.all(
    keys.map(async ({ sealed }) => {
      const { plaintext } = await compactDecrypt(sealed, encryptionKey).catch((cause: unknown) => {
        throw new Error(
          'The signing keys in the database were sealed with another ENCRYPTION_KEY.',
          { cause },
        );
      });
      return JSON.parse(new TextDecoder().decode(plaintext)) as JWK;
    }),
  );
}

async function makeKey(encryptionKey: Uint8Array, createdAt: Date) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const id = crypto.randomUUID();
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: id, alg: 'ES256', use: 'sig' };
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(encryptionKey);
  return { id, sealed, createdAt };
}
