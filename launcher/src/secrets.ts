import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'DATASETS_CLIENT_SECRET',
  'ENCRYPTION_KEY',
  'GATEWAY_CLIENT_SECRET',
  'INSIGHTS_CLIENT_SECRET',
  'POSTGRES_PASSWORD',
  'SESSION_KEY',
] as const;

export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** The secrets of this installation: from the environment, else generated at the first start and kept in a private file. */
export function readSecrets(dataFolder: string, env: NodeJS.ProcessEnv = process.env): Secrets {
  const file = join(dataFolder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const all = Object.fromEntries(
    NAMES.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64url')]),
  ) as Secrets;
  if (NAMES.some((name) => !kept[name]))
    writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  return Object.fromEntries(NAMES.map((name) => [name, env[name] || all[name]])) as Secrets;
}
