import { InvalidTokenError, isUnavailable } from '@affluent/service';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** For callers, when the users subgraph could not be asked who they are. */
export const callerUnknown = (cause: unknown): GraphQLError =>
  new GraphQLError('Who you are could not be checked. Try again in a moment.', {
    extensions: {
      code: 'UNAVAILABLE',
      http: { status: 503, headers: new HeaderMap([['retry-after', '1']]) },
    },
    originalError: cause instanceof Error ? cause : new Error(String(cause)),
  });

/** What a caller is told whose identity could not be read; undefined for a failure of another kind. */
export function identificationFailure(error: unknown): GraphQLError | undefined {
  if (error instanceof InvalidTokenError) {
    // RFC 6750, 3: a program learns that a new token would help.
    const headers = new HeaderMap([['www-authenticate', 'Bearer error="invalid_token"']]);
    return new GraphQLError(error.message, {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } },
    });
  }
  return isUnavailable(error) ? callerUnknown(error) : undefined;
}
