import type { ApolloServerPlugin } from '@apollo/server';

import type { OperationContext } from '../../operations/run-operation.ts';

/** A request with this header, `report`, gets its cost in `extensions.cost` of the answer. */
const COST_HEADER = 'graphql-cost';

/** Says what the caller has left in `ratelimit` headers and, on request, what the operation cost. */
export const reportCost: ApolloServerPlugin<OperationContext> = {
  async requestDidStart({ request, contextValue: { operation } }) {
    if (!('cost' in operation)) return;
    const { cost: estimated, document, operationName, graph, headers } = operation;
    return {
      async willSendResponse({ response: { body, http } }) {
        for (const [name, value] of headers) http.headers.set(name, value);
        if (body.kind !== 'single' || request.http?.headers.get(COST_HEADER) !== 'report') return;
        const { singleResult } = body;
        const { data } = singleResult;
        const actual = data ? graph.costs.measureAnswer(document, operationName, data) : undefined;
        singleResult.extensions = { ...singleResult.extensions, cost: { estimated, actual } };
      },
    };
  },
};
