import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';

import { type FormatError, formatErrors } from './format-errors.ts';
import type { OperationContext } from './run-operation.ts';

/**
 * Has Apollo Server run the operation that a transport has read and admitted, or answer with the reason why it is refused.
 * Apollo Server parses and validates only a request whose `document` is not set.
 */
export const operationPlugin = (
  formatError: FormatError,
): ApolloServerPlugin<OperationContext> => ({
  async requestDidStart(requestContext) {
    const { request, contextValue } = requestContext;
    const { operation } = contextValue;
    // The document has been found: a hash must not make Apollo Server look for another.
    const { persistedQuery: _, ...extensions } = request.extensions ?? {};
    request.extensions = extensions;
    request.query = operation.text;
    return {
      async didResolveSource() {
        Object.assign(requestContext, { document: operation.document });
      },
      async responseForOperation() {
        if (!('errors' in operation)) return null;
        const { errors, status, headers } = operation;
        return {
          http: { status, headers: new HeaderMap(headers as Iterable<[string, string]>) },
          body: { kind: 'single', singleResult: { errors: formatErrors(errors, formatError) } },
        };
      },
    };
  },
});
