import { compactDecrypt, type JWK } from 'jose';

import { withUsersDatabase } from '../users-database.ts';
import type { Product } from './product.ts';

/**
 * The private key that the product signs tokens with, taken from its data folder: with it, a test makes tokens that are
 * wrong in one thing only.
 */
export function readSigningKey({
  sandbox: { dataDir },
}: Product): Promise<JWK & { readonly kid: string }> {
  return withUsersDatabase(dataDir, async ({ database, encryptionKey }) => {
    const { rows } = await database.query<{ sealed: string }>('SELECT sealed FROM signing_keys');
    const { plaintext } = await compactDecrypt(rows[0]?.sealed ?? '', encryptionKey);
    return JSON.parse(new TextDecoder().decode(plaintext)) as JWK & { readonly kid: string };
  });
}
