import { InvalidTokenError } from '@affluent/service';

/**
 * The `Authorization` of a WebSocket's connection parameters. Clients send it in any case, by itself or among `headers`.
 *
 * @throws {InvalidTokenError} when it is there and no text.
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

/** Of a close frame: at most 123 bytes (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123;

/** Cuts a message to what a close frame can carry. Messages of ours are ASCII, or cut at a whole character. */
export const closeReason = (message: string): string =>
  Buffer.from(message)
    .subarray(0, MAX_REASON_BYTES)
    .toString()
    .replace(/\uFFFD$/, '');
