import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { Counter, Histogram } from 'prom-client';

import { DURATION_BUCKETS, OTHER } from './metrics.ts';
import { inSpan, markFailed, recordSpan, presentSpan, shownName } from './spans.ts';

interface OperationOptions<Context extends BaseContext> {
  /** What the operation is called in metrics: one of few names, not what a caller makes up. */
  readonly label: (operation: ResolvedOperation) => string | undefined;
  /** When work for the operation began, on the clock of `performance.now()`. Default: when Apollo Server received it. */
  readonly startedAt?: (context: Context) => number | undefined;
  /** Operations that take longer than this are told in the log. */
  readonly slow?: {
    readonly milliseconds: number;
    readonly log: Logger;
    /** What else to tell of it. Never variables. */
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
  help: 'Time that a query or mutation takes, from its text to its answer.',
  labelNames: LABELS,
  buckets: DURATION_BUCKETS,
});
const errors = new Counter({
  name: 'graphql_errors_total',
  help: 'Errors that callers were told of, by their code.',
  labelNames: ['code'],
});

/** Has Apollo Server run an operation in a span of its own; {@link observeOperations} names it. */
export const inOperationSpan = <T>(work: () => Promise<T>): Promise<T> =>
  inSpan('graphql', {}, work);

/** Counts errors that callers are told of outside of Apollo Server. */
export const countErrors = (told: readonly Pick<GraphQLFormattedError, 'extensions'>[]): void => {
  for (const { extensions } of told) errors.inc({ code: codeOf(extensions) });
};

/** Measures the operations of an Apollo Server, and tells slow ones in the log. */
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
          const told = body.kind === 'single' ? body.singleResult.errors : undefined;
          if (told) countErrors(told);
          if (told && span) markFailed(span, codeOf(told[0]?.extensions));
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

/** The next of Apollo Server's steps, as a span when it has ended. */
const ending = (name: string) => {
  const start = performance.now();
  return async (error?: unknown): Promise<void> =>
    recordSpan(name, { milliseconds: performance.now() - start, hasFailed: error !== undefined });
};
