import type { ApolloServerPlugin } from '@apollo/server';

import type { GatewayContext } from '../context.ts';
import type { Admission } from './admission.ts';
import type { CostControl } from './cost-control.ts';
import { withoutSuggestion } from './introspection.ts';

interface CostPluginOptions {
  readonly admission: Admission;
  /** Of the graph in force. */
  readonly costs: () => CostControl;
}

/** A request with this header, `report`, hears what it cost: `extensions.cost` of the answer. */
const COST_HEADER = 'graphql-cost';

/** Admits operations on their way through Apollo Server, and tells callers what they may know about that. */
export const costPlugin = ({
  admission,
  costs,
}: CostPluginOptions): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart({ contextValue, request }) {
    let estimated: number | undefined;
    return {
      async didResolveOperation({ document, operation, response }) {
        if (!operation) return;
        const { operationName, variables } = request;
        const admitted = admission.admit(
          costs(),
          { document, operationName, variables },
          contextValue,
        );
        estimated = admitted.cost;
        for (const [name, value] of admitted.headers) response.http.headers.set(name, value);
      },
      async didEncounterErrors({ document, operation }) {
        // It is not valid.
        if (document && !operation) admission.refused(contextValue);
      },
      async willSendResponse({ response: { body }, document, operationName }) {
        if (body.kind !== 'single') return;
        const { singleResult } = body;
        if (singleResult.errors && !admission.maySeeSchema(contextValue))
          singleResult.errors = singleResult.errors.map(withoutSuggestion);
        if (estimated === undefined || request.http?.headers.get(COST_HEADER) !== 'report') return;
        const { data } = singleResult;
        const actual =
          document && data ? costs().measureAnswer(document, operationName, data) : undefined;
        singleResult.extensions = { ...singleResult.extensions, cost: { estimated, actual } };
      },
    };
  },
});
