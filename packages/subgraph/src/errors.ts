import { CLIENT_GONE, isUnavailable, type Logger, UNAVAILABLE_MESSAGE } from '@affluent/service';
import { unwrapResolverError } from '@apollo/server/errors';
import { DriverException } from '@mikro-orm/postgresql';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';

import { isUnstorableText, UNSTORABLE_TEXT_MESSAGE } from './unstorable-text.ts';

/**
 * `extensions.code` of the errors that a person or a program can act on. The web client translates each (`web/src/i18n/`).
 */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'DEADLINE_EXCEEDED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  /** The caller must first sign in again in this session. */
  | 'RECENT_SIGN_IN_REQUIRED'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE';

/**
 * `extensions.reason`: the exact cause, where a code has several that matter to a person. The web client translates each.
 */
export type ErrorReason =
  | 'ACCESS_TOKEN_LIFETIME'
  | 'ACCESS_TOKEN_NAME'
  | 'ACCESS_TOKEN_SCOPES'
  | 'ALREADY_MEMBER'
  | 'ALREADY_OWNER'
  | 'CHART_TITLE'
  | 'CLIENT_NAME'
  | 'CLIENT_REFUSED'
  | 'CLIENT_WITHOUT_SECRET'
  | 'DATASET_NAME'
  | 'DELIMITER'
  | 'DISPLAY_NAME'
  | 'EDITORS_ONLY'
  | 'EMAIL_ADDRESS'
  | 'EMAIL_CONFIRMED'
  | 'EMAIL_UNCONFIRMED'
  | 'ENOUGH_INVITATIONS'
  | 'IMPORT_ENDED'
  | 'INVITATION_GONE'
  | 'KEY_SET'
  | 'LAST_OWNER'
  | 'LOGO_REFUSED'
  | 'NAME_CHARACTER'
  | 'NUMBER_COLUMN'
  | 'ONLY_WAY_IN'
  | 'OTHER_EMAIL'
  | 'OWNERS_ONLY'
  | 'PASSKEY_KNOWN'
  | 'PASSKEY_NAME'
  | 'PASSKEY_REFUSED'
  | 'PASSWORD_COMMON'
  | 'PASSWORD_LENGTH'
  | 'PUBLIC_CLIENT_KEYS'
  | 'REDIRECT_URI'
  | 'REDIRECT_URI_MISSING'
  | 'TIME_COLUMN'
  | 'TOO_MANY_ACCESS_TOKENS'
  | 'TOO_MANY_ADDRESSES'
  | 'TOO_MANY_ATTEMPTS'
  | 'TOO_MANY_CLIENTS'
  | 'TOO_MANY_GROUPS'
  | 'TOO_MANY_INVITATIONS'
  | 'TOO_MANY_MAILS'
  | 'TOO_MANY_PASSKEYS'
  | 'TOO_MANY_WORKSPACES'
  | 'UNKNOWN_COLUMN'
  | 'UNKNOWN_SCOPE'
  | 'UNSTORABLE_TEXT'
  | 'UPLOAD_BROKEN'
  | 'VALUES_TOO_LARGE'
  | 'WORKSPACE_NAME'
  | 'WRONG_PASSWORD';

interface DomainErrorOptions extends ErrorOptions {
  readonly reason?: ErrorReason;
}

/** An error with a stable code and a message for the caller. Callers see any other error as "Internal error". */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly reason: ErrorReason | undefined;

  constructor(code: ErrorCode, message: string, options?: DomainErrorOptions) {
    super(message, options);
    this.code = code;
    this.reason = options?.reason;
  }
}

/** PostgreSQL's error code for a statement that exceeded `statement_timeout`. */
const QUERY_CANCELED = '57014';

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

/** Prepares errors for callers: those that we raised keep their code; all others are hidden and logged. */
export function createErrorFormatter(log: Logger): FormatError {
  return (formatted, error) => {
    const { message, locations, path, extensions } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const original = thrownBySource(error) ?? unwrapResolverError(error);
    if (original instanceof DomainError) {
      const { code, reason } = original;
      return {
        message: original.message,
        ...place,
        extensions: { code, ...(reason && { reason }) },
      };
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
      const reason: ErrorReason = 'UNSTORABLE_TEXT';
      return {
        message: UNSTORABLE_TEXT_MESSAGE,
        ...place,
        extensions: { code: 'BAD_USER_INPUT', reason },
      };
    }
    if (original instanceof DriverException && original.code === QUERY_CANCELED) {
      const message = 'The operation took longer than its time limit. Request less data.';
      return { message, ...place, extensions: { code: 'DEADLINE_EXCEEDED' } };
    }
    // MikroORM wraps the abort reason and keeps its code.
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

/** graphql-ws wraps errors of a subscription's source in an error without a path. */
const thrownBySource = (error: unknown): Error | undefined =>
  error instanceof GraphQLError && !error.path && !error.nodes ? error.originalError : undefined;
