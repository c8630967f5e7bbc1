import type { GatewayContext } from '../context.ts';
import type { Executor } from '../graph/federated-gateway.ts';
import type { Graphs } from '../graph/graphs.ts';

/** Executes operations that Apollo Server itself parsed and validated, without admission. */
export const inCurrentGraph =
  (graphs: () => Graphs) =>
  (): Executor =>
  async ({ document, queryHash, request: { operationName, variables }, context }) =>
    graphs()
      .current()
      .run({ document, queryHash, operationName, variables }, context as GatewayContext);
