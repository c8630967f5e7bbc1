import { DomainError } from '@affluent/subgraph';

/** An opaque cursor that stands for a position, counted from 1. */
export const encodePosition = (position: number): string =>
  Buffer.from(`p${position}`).toString('base64url');

/** The position that a cursor stands for. Returns undefined when it is not a cursor of ours. */
export function readPosition(cursor: string): number | undefined {
  const digits = /^p(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The position that the argument `after` of a subscription stands for.
 * @throws {DomainError} BAD_USER_INPUT when it is not a cursor of ours.
 */
export function decodePosition(cursor: string): number {
  const position = readPosition(cursor);
  if (position !== undefined) return position;
  throw new DomainError('BAD_USER_INPUT', '"after" is not a cursor of this subscription.');
}
