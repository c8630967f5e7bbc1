import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from 'pg';

interface UsersDatabase {
  readonly database: Client;
  /** Of the secrets in it. */
  readonly encryptionKey: Uint8Array;
}

/** Works on the users database of a sandbox, which it finds in its data folder. */
export async function withUsersDatabase<T>(
  dataDir: string,
  work: (opened: UsersDatabase) => Promise<T>,
): Promise<T> {
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
    return await work({ database, encryptionKey: Buffer.from(ENCRYPTION_KEY ?? '', 'base64url') });
  } finally {
    await database.end();
  }
}
