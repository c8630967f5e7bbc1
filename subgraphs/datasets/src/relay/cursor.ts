import { DomainError } from '@affluent/subgraph';

/** An opaque cursor that stands for a position, counted from 1. */
export const encodePosition = (position: number): string =>
  Buffer.from(`p${position}`).toString('base64url');

/**
 * The position that a cursor stands for; 0 when there is no cursor.
 * @throws {DomainError} BAD_USER_INPUT when it is not a cursor of ours.
 */
export function decodePosition(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return 0;
  const digits = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (digits === undefined) {
    throw new DomainError('BAD_USER_INPUT', '"after" is not a cursor of this connection.');
  }
  return Number(digits);
}
