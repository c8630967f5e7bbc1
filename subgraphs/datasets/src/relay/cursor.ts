import { DomainError } from '@affluent/subgraph';

/** Encodes a position, counted from 1, as an opaque cursor. */
export const encodePosition = (position: number): string =>
  Buffer.from(`p${position}`).toString('base64url');

/** Decodes a cursor; undefined if it is invalid. */
export function readPosition(cursor: string): number | undefined {
  const digits = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * Decodes the argument `after` of a subscription.
 * @throws {DomainError} BAD_USER_INPUT if it is invalid.
 */
export function decodePosition(cursor: string): number {
  const position = readPosition(cursor);
  if (position !== undefined) return position;
  throw new DomainError('BAD_USER_INPUT', '"after" is not a cursor of this subscription.');
}
