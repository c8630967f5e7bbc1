import type { ApolloGateway } from '@apollo/gateway';

import type { GatewayContext } from '../context.ts';
import type { AccessControl } from './access-control.ts';

type Gateway = Pick<ApolloGateway, 'load' | 'onSchemaLoadOrUpdate' | 'stop'>;

/** The gateway as Apollo Server sees it: plans and runs of each operation only what its caller may have. */
export const enforcingGateway = (gateway: Gateway, access: () => AccessControl): Gateway => ({
  onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
  stop: () => gateway.stop(),
  async load(options) {
    const { schema, executor } = await gateway.load(options);
    return {
      schema,
      async executor(requestContext) {
        const { document, request } = requestContext;
        const { identity } = requestContext.context as GatewayContext;
        const restricted = access().restrict(document, request.operationName, identity);
        if (!restricted) return executor(requestContext);
        const { queryHash } = restricted;
        const pruned = { ...requestContext, document: restricted.document, queryHash };
        return restricted.complete(await executor(pruned), request.variables);
      },
    };
  },
});
