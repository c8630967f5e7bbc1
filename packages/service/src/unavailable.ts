/** Another service failed, through no fault of the caller. Callers see the message. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** Callers see it when a database or a service could not be reached. */
export const UNAVAILABLE_MESSAGE = 'This is not available at the moment. Try again soon.';

/**
 * PostgreSQL's codes of connections that are lost or refused: class 08, a server that stops, has crashed, starts or recovers
 * (57P01 to 57P03), too many connections (53300).
 */
const SQL_STATE = /^(?:08\w{3}|57P0[123]|53300)$/;
const SYSTEM_CODES: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);
/** Messages of the errors that `pg` throws without a code for a broken connection. */
const LOST_CONNECTION =
  /Connection terminated|is not queryable|timeout exceeded when trying to connect/;

/** Whether an error or one of its causes says that a database or a service cannot be reached. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Response) return error.status >= 500;
  if (!(error instanceof Error)) return false;
  if (error instanceof UnavailableError || error.name === 'TimeoutError') return true;
  const code = 'code' in error ? error.code : undefined;
  if (SYSTEM_CODES.has(code) || (typeof code === 'string' && SQL_STATE.test(code))) return true;
  return LOST_CONNECTION.test(error.message) || isUnavailable(error.cause);
}
