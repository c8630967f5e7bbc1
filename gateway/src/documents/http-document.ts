import type { IncomingMessage } from 'node:http';

import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { DocumentRequest } from './documents.ts';

/** What an HTTP request says of its document: in the address of a GET, in the body of others. `body` is parsed. */
export function documentRequestOf(
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  body: unknown,
): DocumentRequest {
  if (method !== 'GET') return typeof body === 'object' && body !== null ? body : {};
  const searchParams = parametersOf(url);
  const value = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  const extensions = value('extensions');
  return {
    query: value('query'),
    documentId: value('documentId'),
    extensions: extensions && parseJson(extensions),
  };
}

/** Of the address of a request, whatever its path is. */
export const parametersOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.split('#', 1)[0]?.split('?').slice(1).join('?'));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GraphQLError('The parameter "extensions" is not JSON.', {
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
      originalError: error instanceof Error ? error : undefined,
    });
  }
}

/** Has Apollo Server run the text that was found for a request over HTTP, and nothing else. */
export const documentPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ request, contextValue }) {
    if (!request.http) return;
    const { persistedQuery: _, ...extensions } = request.extensions ?? {};
    request.extensions = extensions;
    if (contextValue.source === undefined) delete request.query;
    else request.query = contextValue.source;
  },
};
