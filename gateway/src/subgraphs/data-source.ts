import { isRequestError, REQUEST_ID_HEADER, requestErrorCode } from '@affluent/service';
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../context.ts';
import { multipartBody } from './multipart.ts';
import { findUploads } from './uploads.ts';

type FetchResult = Awaited<ReturnType<GraphQLDataSource['process']>>;

interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/**
 * Sends the gateway's fetches to one subgraph in the caller's name. A fetch whose variables hold uploads goes as a
 * GraphQL multipart request, piece by piece as the client sends it: no file is held in memory or on disk here.
 */
export class SubgraphDataSource implements GraphQLDataSource<GatewayContext> {
  readonly name: string;
  readonly url: string;

  constructor({ name, url }: { readonly name: string; readonly url: string }) {
    this.name = name;
    this.url = `${url}/graphql`;
  }

  async process({
    request,
    context,
  }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<FetchResult> {
    const operation = { query: request.query, variables: request.variables ?? {} };
    const uploads = findUploads(operation.variables);
    const body =
      uploads.length > 0 ? multipartBody(operation, uploads) : { text: JSON.stringify(operation) };
    const { identity, requestId, forget } = context as GatewayContext;
    let response: Response;
    try {
      response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'text' in body ? 'application/json' : body.contentType,
          'apollo-require-preflight': 'true',
          [REQUEST_ID_HEADER]: requestId,
          ...(identity && { authorization: `Bearer ${identity.token}` }),
        },
        ...('text' in body ? { body: body.text } : { body: body.stream, duplex: 'half' }),
      });
    } catch (error) {
      // fetch wraps what the body's stream threw: a file that is missing, too large, or cut off by the client.
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      if (isRequestError(cause)) {
        throw new GraphQLError(cause.message, { extensions: { code: requestErrorCode(cause) } });
      }
      throw this.unavailable(cause);
    }
    const answer = await this.read(response);
    if (response.status === 401) await forget();
    return {
      ...(answer.data && { data: answer.data }),
      ...(answer.errors && { errors: [...answer.errors] }),
    };
  }

  private async read(response: Response): Promise<SubgraphAnswer> {
    const text = await response.text();
    try {
      return JSON.parse(text) as SubgraphAnswer;
    } catch (cause) {
      throw this.unavailable(new Error(`Answered ${response.status} without JSON`, { cause }));
    }
  }

  private unavailable(cause: unknown): GraphQLError {
    return new GraphQLError(`The ${this.name} service does not answer. Try again in a moment.`, {
      extensions: { code: 'UNAVAILABLE' },
      originalError: cause instanceof Error ? cause : new Error(String(cause)),
    });
  }
}
