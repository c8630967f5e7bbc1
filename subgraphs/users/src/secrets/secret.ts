import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in 43 characters that need no escaping anywhere. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * The stored form of a secret of {@link newSecret}: its SHA-256, in base64url. 256 random bits cannot be guessed, so no slow
 * password hash is needed.
 */
export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
