import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits in 43 characters that need no escaping anywhere. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * What is kept of a secret of {@link newSecret}: its SHA-256, in base64url. A slow hash is for secrets that people
 * think up; nobody guesses 256 random bits.
 */
export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
