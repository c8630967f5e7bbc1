import type { SmallSubgraph } from './subgraph.ts';

/** Subgraphs that meet in one way that gateways get wrong, and what an operation must get there. */
export interface FederationCase {
  readonly subgraphs: Readonly<Record<string, SmallSubgraph>>;
  readonly operations: readonly FederatedOperation[];
}

interface FederatedOperation {
  readonly name: string;
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly expected: ExpectedAnswer;
  /** What the executor of `@apollo/gateway` 2.14 answers instead, where it does not answer right. */
  readonly byApollo?: ExpectedAnswer;
}

/** Without `data` the operation is refused. */
export interface ExpectedAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly unknown[] }[];
}
