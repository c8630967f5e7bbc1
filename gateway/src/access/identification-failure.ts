import { InvalidTokenError, isUnavailable } from '@affluent/service';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** The users subgraph did not answer, so that the caller could not be identified. */
export const callerUnknown = (cause: unknown): GraphQLError =>
  new GraphQLError('Your identity could not be checked. Try again in a moment.', {
    extensions: {
      code: 'UNAVAILABLE',
      http: { status: 503, headers: new HeaderMap([['retry-after', '1']]) },
    },
    originalError: cause instanceof Error ? cause : new Error(String(cause)),
  });

/** The error for a caller who could not be identified; undefined for a failure of another kind. */
export function identificationFailure(error: unknown): GraphQLError | undefined {
  if (error instanceof InvalidTokenError) {
    // RFC 6750, 3: programs get a new token.
    const headers = new HeaderMap([['www-authenticate', 'Bearer error="invalid_token"']]);
    return new GraphQLError(error.message, {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } },
    });
  }
  return isUnavailable(error) ? callerUnknown(error) : undefined;
}
