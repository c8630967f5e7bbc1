import type { GraphQLFormattedError } from 'graphql';

import type { GatewayContext } from '../context.ts';

/** One fetch of a query plan. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
  /** Only a query may be sent twice. */
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Whether no other subgraph adds to the answer, so that giving up early gains nothing. */
  readonly isAlone?: boolean;
}

export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Sends a fetch to one subgraph with the identity in `context`. Rejects when the subgraph does not answer. */
export type AskSubgraph = (
  request: SubgraphRequest,
  context: GatewayContext,
) => Promise<SubgraphAnswer>;

/** By their names in the supergraph. */
export type Subgraphs = Readonly<Record<string, AskSubgraph>>;
