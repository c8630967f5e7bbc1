import { ClientGoneError, inOperationSpan } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { ReadOperation } from './read-operation.ts';

export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

/** Runs a query or mutation that came in through a door of ours as Apollo Server runs those that come in through its own. */
export async function runOperation(
  apollo: ApolloServer<GatewayContext>,
  { text, operationName, variables }: Omit<ReadOperation, 'document' | 'kind'>,
  contextValue: GatewayContext,
): Promise<FormattedExecutionResult> {
  const request = { query: text, variables, ...(operationName && { operationName }) };
  const { body } = await inOperationSpan(() => apollo.executeOperation(request, { contextValue }));
  return body.kind === 'single' ? body.singleResult : {};
}

/** The one result of an operation as a stream: who stops reading before it is there cancels the operation. */
export function cancellable<T>(run: (signal: AbortSignal) => Promise<T>): AsyncIterableIterator<T> {
  const work = new AbortController();
  const end = { value: undefined, done: true } as const;
  let isAsked = false;
  return {
    async next() {
      if (isAsked || work.signal.aborted) return end;
      isAsked = true;
      const value = await run(work.signal);
      return work.signal.aborted ? end : { value, done: false };
    },
    async return() {
      work.abort(new ClientGoneError());
      return end;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What clients see of errors. Those that Apollo Server gave have been through this already. */
export const formatErrors = (
  errors: readonly (GraphQLError | GraphQLFormattedError)[],
  formatError: FormatError,
): readonly GraphQLFormattedError[] =>
  errors.map((error) =>
    error instanceof GraphQLError ? formatError(error.toJSON(), error) : error,
  );
