import { CLIENT_GONE, isUnavailable, type Logger, UNAVAILABLE_MESSAGE } from '@affluent/service';
import { unwrapResolverError } from '@apollo/server/errors';
import { DriverException } from '@mikro-orm/postgresql';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';

import { isUnstorableText, UNSTORABLE_TEXT_MESSAGE } from './unstorable-text.ts';

/** What `extensions.code` can say of an error that a person or a program can act on. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'DEADLINE_EXCEEDED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  /** The caller has to sign in again first, in the session that calls. */
  | 'RECENT_SIGN_IN_REQUIRED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE';

/** An error with a stable code and a message for the caller. Any other error reaches the caller as "Internal error". */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** PostgreSQL's error code of a statement that ran into `statement_timeout`. */
const QUERY_CANCELED = '57014';

/** The one place where errors are made fit for callers: coded where we raised them, hidden and logged where we did not. */
export function createErrorFormatter(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path, extensions } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const original = thrownBySource(error) ?? unwrapResolverError(error);
    if (original instanceof DomainError) {
      return { message: original.message, ...place, extensions: { code: original.code } };
    }
    if (original instanceof ArgumentValidationError) {
      const reasons = original.extensions.validationErrors.flatMap(({ constraints }) =>
        Object.values(constraints ?? {}),
      );
      return {
        message: `${reasons.join('; ')}.`,
        ...place,
        extensions: { code: 'BAD_USER_INPUT' },
      };
    }
    if (isUnstorableText(original)) {
      return { message: UNSTORABLE_TEXT_MESSAGE, ...place, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (original instanceof DriverException && original.code === QUERY_CANCELED) {
      const message = 'This took longer than the time that was left for it. Ask for less.';
      return { message, ...place, extensions: { code: 'DEADLINE_EXCEEDED' } };
    }
    // MikroORM wraps what it is aborted with, and keeps its code.
    if (original instanceof Error && 'code' in original && original.code === CLIENT_GONE)
      return { message: original.message, ...place, extensions: { code: CLIENT_GONE } };
    if (isUnavailable(original)) {
      log.info({ err: original, path }, 'unavailable');
      return { message: UNAVAILABLE_MESSAGE, ...place, extensions: { code: 'UNAVAILABLE' } };
    }
    // Raised by GraphQL itself (syntax, validation, coercion) or as a GraphQLError with a code of its own.
    const code = extensions?.code;
    const isPublic =
      original instanceof GraphQLError || (code !== undefined && code !== 'INTERNAL_SERVER_ERROR');
    if (isPublic) return { message, ...place, extensions: { code: code ?? 'BAD_USER_INPUT' } };
    log.error({ err: original, path }, 'unexpected error');
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}

/** graphql-ws wraps what the source of a subscription throws into an error that has no place in the operation. */
const thrownBySource = (error: unknown): Error | undefined =>
  error instanceof GraphQLError && !error.path && !error.nodes ? error.originalError : undefined;
