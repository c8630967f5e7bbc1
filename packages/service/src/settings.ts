import { z } from 'zod';

/** A setting is missing or wrong. The message names the variable and is written for people. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads a service's settings from its environment, once, at start.
 *
 * @throws {SettingsError} naming every variable that is missing or wrong. Values are never repeated:
 *   some of them are secrets.
 */
export function readSettings<T extends z.ZodRawShape>(
  shape: T,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<z.output<z.ZodObject<T>>> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = z.object(shape).safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new SettingsError(`Check these settings (docs/settings.md):\n  ${problems.join('\n  ')}`);
}

/** A TCP port, 0 to 65535; 0 takes any free one. */
export const port = (fallback?: number) => {
  const number = z.coerce.number().int().min(0).max(65_535);
  return fallback === undefined ? number : number.default(fallback);
};

/** An absolute http(s) URL without a trailing slash. */
export const httpUrl = () =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''));

/** A `postgres://` connection URL. */
export const databaseUrl = () =>
  z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

/** A 256-bit key in base64url, as `openssl rand 32 | basenc --base64url` writes it. */
export const key256 = () =>
  z
    .string()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64url');

/** The secret of an OAuth client. */
export const clientSecret = () => z.string().min(32);

export const logLevel = () =>
  z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info');

/** The bearer token for `/metrics`; without one, `/metrics` is not available. */
export const metricsToken = () => z.string().min(16).optional();
