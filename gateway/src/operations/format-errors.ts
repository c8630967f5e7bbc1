import { GraphQLError, type GraphQLFormattedError } from 'graphql';

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

/** What clients see of errors. Those that Apollo Server returned are formatted already. */
export const formatErrors = (
  errors: readonly (GraphQLError | GraphQLFormattedError)[],
  formatError: FormatError,
): readonly GraphQLFormattedError[] =>
  errors.map((error) =>
    error instanceof GraphQLError ? formatError(error.toJSON(), error) : error,
  );
