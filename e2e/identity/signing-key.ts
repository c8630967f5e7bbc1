import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compactDecrypt, type JWK } from 'jose';
import { Client } from 'pg';

import type { Product } from './product.ts';

/**
 * The private key that the product signs tokens with, taken from its data folder: with it, a test makes tokens that are
 * wrong in one thing only.
 */
export async function readSigningKey({
  sandbox: { dataDir },
}: Product): Promise<JWK & { readonly kid: string }> {
  const { ENCRYPTION_KEY, POSTGRES_PASSWORD: password } = JSON.parse(
    readFileSync(join(dataDir, 'secrets.json'), 'utf8'),
  ) as Readonly<Record<string, string>>;
  const port = Number(
    readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3],
  );
  const name = 'affluent_users';
  const database = new Client({ host: '127.0.0.1', port, user: name, database: name, password });
  await database.connect();
  try {
    const { rows } = await database.query<{ sealed: string }>('SELECT sealed FROM signing_keys');
    const key = Buffer.from(ENCRYPTION_KEY ?? '', 'base64url');
    const { plaintext } = await compactDecrypt(rows[0]?.sealed ?? '', key);
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK & { readonly kid: string };
  } finally {
    await database.end();
  }
}
