import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { Counter, Histogram } from 'prom-client';

import { DURATION_BUCKETS, OTHER } from './metrics.ts';
import { inSpan, markFailed, recordSpan, presentSpan, shownName } from './spans.ts';

interface OperationOptions<Context extends BaseContext> {
  /** The operation's name in metrics: one of few, never one that a caller invents. */
  readonly label: (operation: ResolvedOperation) => string | undefined;
  /** When work for the operation began, on the clock of `performance.now()`. Default: when Apollo Server received it. */
  readonly startedAt?: (context: Context) => number | undefined;
  /** Logs operations that take longer than this. */
  readonly slow?: {
    readonly milliseconds: number;
    readonly log: Logger;
    /** Further fields of the log line. Never variables. */
    readonly details: (context: Context) => object;
  };
}

export interface ResolvedOperation {
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** SHA-256 of the document's text, in hexadecimal. */
  readonly queryHash: string;
}

const LABELS = ['graphql_operation_type', 'graphql_operation_name'] as const;

const duration = new Histogram({
  name: 'graphql_operation_duration_seconds',
  help: 'Duration of a query or mutation, from its text to its answer.',
  labelNames: LABELS,
  buckets: DURATION_BUCKETS,
});
const errors = new Counter({
  name: 'graphql_errors_total',
  help: 'Errors in answers, by their code.',
  labelNames: ['code'],
});

/** Runs an operation of Apollo Server in a span, which {@link observeOperations} names. */
export const inOperationSpan = <T>(work: () => Promise<T>): Promise<T> =>
  inSpan('graphql', {}, work);

/** Counts errors of answers that do not come from Apollo Server. */
export const countErrors = (sent: readonly Pick<GraphQLFormattedError, 'extensions'>[]): void => {
  for (const { extensions } of sent) errors.inc({ code: codeOf(extensions) });
};

/** Measures the operations of an Apollo Server and logs slow ones. */
export function observeOperations<Context extends BaseContext>({
  label,
  startedAt,
  slow,
}: OperationOptions<Context>): ApolloServerPlugin<Context> {
  return {
    async contextCreationDidFail({ error }) {
      countErrors([error as Pick<GraphQLFormattedError, 'extensions'>]);
    },
    async requestDidStart({ contextValue }) {
      const start = startedAt?.(contextValue) ?? performance.now();
      const span = presentSpan();
      return {
        ...(span?.isRecording() && { parsingDidStart, validationDidStart }),
        async willSendResponse({ operation, operationName, queryHash, response: { body } }) {
          const milliseconds = performance.now() - start;
          const sent = body.kind === 'single' ? body.singleResult.errors : undefined;
          if (sent) countErrors(sent);
          if (sent && span) markFailed(span, codeOf(sent[0]?.extensions));
          if (!operation || !queryHash) return;
          const type = operation.operation;
          const name =
            label({ operation, operationName: operationName ?? undefined, queryHash }) ?? OTHER;
          duration.observe(
            { graphql_operation_type: type, graphql_operation_name: name },
            milliseconds / 1000,
          );
          const shown = shownName(operationName);
          span?.updateName(shown ? `${type} ${shown}` : type).setAttributes({
            'graphql.operation.type': type,
            'graphql.document.hash': queryHash,
            ...(shown && { 'graphql.operation.name': shown }),
          });
          if (!slow || milliseconds < slow.milliseconds) return;
          slow.log.info(
            {
              operation: shown,
              type,
              hash: queryHash,
              milliseconds: Math.round(milliseconds),
              ...slow.details(contextValue),
            },
            'slow operation',
          );
        },
      };
    },
  };
}

const codeOf = (extensions: GraphQLFormattedError['extensions']): string =>
  typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR';

const parsingDidStart = async () => ending('graphql.parse');
const validationDidStart = async () => ending('graphql.validate');

/** Records a step of Apollo Server as a span when it ends. */
const ending = (name: string) => {
  const start = performance.now();
  return async (error?: unknown): Promise<void> =>
    recordSpan(name, { milliseconds: performance.now() - start, hasFailed: error !== undefined });
};
