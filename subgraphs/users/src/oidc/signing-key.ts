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

/** Any number that no other lock of this database uses. */
const LOCK = 7_201_411;

const DAY = 24 * 3600_000;
/** A new key is shown to whoever checks tokens for so long before it signs: they look for new ones every ten minutes. */
const SHOWN_AHEAD = 30 * 60_000;
/** A key that signs no more is shown for as long as the longest session, whose ID token signs it out at the end. */
const SHOWN_AFTER = 15 * DAY;

interface RotationOptions {
  readonly encryptionKey: Uint8Array;
  /** How old a key gets before another takes its place. */
  readonly days: number;
  readonly now?: Date;
}

/**
 * The keys of tokens (ES256), the one that signs first. Makes and deletes those that are due, whichever of several
 * processes comes first: a new one is shown before it signs, and an old one until nothing that it signed is of use.
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
    // Of the keys before the signing one, the youngest stopped when its successor began.
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
