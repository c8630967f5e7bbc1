import type { Server } from 'node:http';

import { apolloTelemetryOff, type Logger } from '@affluent/service';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';

import type { DenialReporter } from '../../access/report-denials.ts';
import type { FederatedGateway } from '../../graph/federated-gateway.ts';
import { operationPlugin } from '../../operations/apollo-plugin.ts';
import type { FormatError } from '../../operations/format-errors.ts';
import type { OperationContext } from '../../operations/run-operation.ts';
import { deferPlugin } from './defer-plugin.ts';
import { endedToken } from './ended-token.ts';
import { freshnessPlugin } from './freshness.ts';
import { jsonStatus } from './json-status.ts';
import { reportCost } from './report-cost.ts';

interface ApolloOptions {
  readonly gateway: FederatedGateway;
  /** Apollo Server waits for its open requests when it stops. */
  readonly httpServer: Server;
  readonly denials: DenialReporter;
  readonly observer: ApolloServerPlugin<OperationContext>;
  readonly formatError: FormatError;
  readonly log: Logger;
}

/** Apollo Server: it speaks GraphQL over HTTP and executes operations that have been read and admitted. */
export const createApollo = ({
  gateway,
  httpServer,
  denials,
  observer,
  formatError,
  log,
}: ApolloOptions): ApolloServer<OperationContext> =>
  new ApolloServer<OperationContext>({
    gateway,
    formatError,
    includeStacktraceInErrorResponses: false,
    // Admission decides who may introspect.
    introspection: true,
    // Operations come parsed, from the reader's own cache.
    documentStore: null,
    // Mutations need a JSON body or a header that forms cannot set, and pages of another site have no session here.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    logger: log,
    // `documents` finds persisted documents, for every transport.
    persistedQueries: false,
    plugins: [
      ...apolloTelemetryOff(),
      observer,
      operationPlugin(formatError),
      freshnessPlugin,
      ApolloServerPluginCacheControlDisabled(),
      endedToken,
      reportCost,
      jsonStatus,
      denials.plugin,
      deferPlugin({ formatError, reportDenials: denials.reportDenials }),
      ApolloServerPluginDrainHttpServer({ httpServer }),
    ],
  });
