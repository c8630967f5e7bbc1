import { GraphQLError } from 'graphql';

/** The operation is too much for us, whoever sends it; the message says by what. */
export const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COMPLEX', http: { status: 400 } },
  });

/** What validation would say too, had it come to that. */
export const invalid = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
