import { type Logger, observeOperations } from '@affluent/service';
import type { ApolloServerPlugin } from '@apollo/server';

import type { TrustedDocuments } from '../../documents/trusted-documents.ts';
import type { OperationContext } from '../../operations/run-operation.ts';

interface ObserveOptions {
  readonly log: Logger;
  readonly slowMilliseconds: number;
  readonly trusted: () => TrustedDocuments;
}

/** Measures operations. Only our own client's have names in metrics, because other clients can send any number of names. */
export const observeGatewayOperations = ({
  log,
  slowMilliseconds,
  trusted,
}: ObserveOptions): ApolloServerPlugin<OperationContext> =>
  observeOperations({
    startedAt: ({ operation }) => ('startedAt' in operation ? operation.startedAt : undefined),
    label: ({ operationName, queryHash }) =>
      operationName && trusted().has(queryHash) ? operationName : undefined,
    slow: {
      log,
      milliseconds: slowMilliseconds,
      details: ({ fetchTimes = new Map<string, number>() }) => ({
        subgraphMilliseconds: Object.fromEntries(
          [...fetchTimes].map(([name, milliseconds]) => [name, Math.round(milliseconds)]),
        ),
      }),
    },
  });
