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

/** The keys that sign tokens (ES256), newest first; made at the first start, by one of several processes at once. */
export async function loadSigningKeys(orm: MikroORM, encryptionKey: Uint8Array): Promise<JWK[]> {
  const keys = await orm.em.fork().transactional(async (em) => {
    await em.execute('SELECT pg_advisory_xact_lock(?)', [LOCK]);
    const present = await em.find(SigningKey, {}, { orderBy: { createdAt: 'desc' } });
    return present.length > 0 ? present : [em.create(SigningKey, await makeKey(encryptionKey))];
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

async function makeKey(encryptionKey: Uint8Array) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const id = crypto.randomUUID();
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: id, alg: 'ES256', use: 'sig' };
  const sealed = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(encryptionKey);
  return { id, sealed, createdAt: new Date() };
}
