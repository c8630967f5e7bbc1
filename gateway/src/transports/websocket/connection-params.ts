import { InvalidTokenError } from '@affluent/service';

/**
 * `Authorization` in a WebSocket's connection parameters. Clients write it in upper or lower case, at the top or in `headers`.
 *
 * @throws {InvalidTokenError} when it is not a string.
 */
export function authorizationOf(
  params: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const value = findIgnoringCase(params, 'authorization') ?? authorizationIn(params);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw new InvalidTokenError('The connection parameter "authorization" must be a string.');
  return value;
}

const authorizationIn = (params: Readonly<Record<string, unknown>> | undefined): unknown =>
  findIgnoringCase(findIgnoringCase(params, 'headers'), 'authorization');

function findIgnoringCase(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null) return undefined;
  return Object.entries(holder).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The limit of a close frame (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123;

/** Cuts a message at a whole character to the size that a close frame can carry. */
export const closeReason = (message: string): string =>
  Buffer.from(message)
    .subarray(0, MAX_REASON_BYTES)
    .toString()
    .replace(/\uFFFD$/, '');
