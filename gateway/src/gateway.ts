import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';

import type { Logger } from '@affluent/service';
import type { ApolloServer } from '@apollo/server';

import { createDenialReporter } from './access/report-denials.ts';
import type { Config } from './config.ts';
import { createAdmission } from './cost/admission.ts';
import { createDocuments, type Documents } from './documents/documents.ts';
import { openTrustedDocuments } from './documents/trusted-documents.ts';
import { createErrorFormatter } from './errors.ts';
import { followSupergraph } from './graph/follow-supergraph.ts';
import { createGraphs } from './graph/graphs.ts';
import type { FormatError } from './operations/format-errors.ts';
import { createOperations, type Operations } from './operations/operations.ts';
import { type OperationContext, operationExecutor } from './operations/run-operation.ts';
import { connectSubgraphs } from './subgraphs/connect-subgraphs.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions/subscriptions.ts';
import { createApollo } from './transports/http/create-apollo.ts';
import { observeGatewayOperations } from './transports/http/observe-operations.ts';

const SUPERGRAPH = fileURLToPath(new URL('../../supergraph.graphql', import.meta.url));

/** What runs operations, whichever transport receives them. */
interface Gateway extends AsyncDisposable {
  readonly apollo: ApolloServer<OperationContext>;
  readonly documents: Documents;
  readonly operations: Operations;
  readonly subscriptions: Subscriptions;
  readonly formatError: FormatError;
  /** Whether the product's own subgraphs are ready to serve. */
  readonly areSubgraphsReady: () => Promise<boolean>;
}

interface GatewayOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Serves Apollo Server's requests. Disposal waits for those that are open. */
  readonly httpServer: Server;
}

/** Loads the graph and builds what runs operations in it. */
export async function createGateway({ config, log, httpServer }: GatewayOptions): Promise<Gateway> {
  await using stack = new AsyncDisposableStack();
  const connections = stack.use(connectSubgraphs(config));
  const graphs = createGraphs({
    follow: followSupergraph({ path: config.SUPERGRAPH_PATH ?? SUPERGRAPH, log }),
    subgraphs: connections.subgraphs,
    executor: operationExecutor(config.QUERY_EXECUTOR),
    log,
  });
  const admission = createAdmission({
    costMax: config.COST_MAX,
    costPerMinute: config.COST_PER_MINUTE,
    isDevelopment: config.WEB_DEV_URL !== undefined,
  });
  const trusted = stack.use(await openTrustedDocuments(log));
  const documents = createDocuments({
    trusted: trusted.current,
    onlyTrusted: config.ALLOWED_DOCUMENTS === 'trusted',
  });
  const formatError = createErrorFormatter(log);
  const apollo = createApollo({
    gateway: graphs.gateway,
    httpServer,
    denials: createDenialReporter({ usersUrl: config.USERS_URL, log }),
    observer: observeGatewayOperations({
      log,
      slowMilliseconds: config.SLOW_OPERATION_MILLISECONDS,
      trusted: trusted.current,
    }),
    formatError,
    log,
  });
  await apollo.start();
  stack.defer(() => apollo.stop());
  const subscriptions = createSubscriptions({
    urls: connections.urls,
    maxPerUser: config.MAX_SUBSCRIPTIONS_PER_USER,
    patienceMilliseconds: config.UPSTREAM_PATIENCE_MILLISECONDS,
  });
  stack.defer(() => subscriptions.close());
  const built = stack.move();
  return {
    apollo,
    documents,
    operations: createOperations({ documents, admission, graph: graphs.current, apollo }),
    subscriptions,
    formatError,
    areSubgraphsReady: connections.areReady,
    [Symbol.asyncDispose]: () => built.disposeAsync(),
  };
}
