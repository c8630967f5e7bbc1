import type { IncomingMessage } from 'node:http';

import { GraphQLError } from 'graphql';

import type { OperationParams } from '../../operations/read-operation.ts';

/**
 * The operation of an HTTP request: in the URL of a GET, in the body of others.
 *
 * @param body - parsed.
 * @throws {GraphQLError} BAD_REQUEST when a parameter of the URL is not JSON.
 */
export function operationParamsOf(
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  body: unknown,
): OperationParams {
  if (method !== 'GET') return typeof body === 'object' && body !== null ? body : {};
  const parameters = new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?'));
  const value = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const json = (name: string): unknown => {
    const text = value(name);
    return text && parseJson(name, text);
  };
  return {
    query: value('query'),
    documentId: value('documentId'),
    operationName: value('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GraphQLError(`The parameter "${name}" is not JSON.`, {
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
      originalError: error instanceof Error ? error : undefined,
    });
  }
}
