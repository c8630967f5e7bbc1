import { type DocumentNode, GraphQLError, Kind } from 'graphql';

import { identificationFailure } from '../access/identification-failure.ts';
import type { ReadOperation } from './read-operation.ts';

/** Why an operation does not run. */
export interface Refusal {
  readonly errors: readonly [GraphQLError, ...GraphQLError[]];
  /** HTTP status of the answer. */
  readonly status: number;
  readonly headers: Iterable<readonly [string, string]>;
  /** The operation, where it was read before it was refused; else a document without operations. */
  readonly text: string;
  readonly document: DocumentNode;
}

/** @returns undefined for an error that is no refusal but a failure of ours. */
export function refusalOf(error: unknown, read?: ReadOperation): Refusal | undefined {
  const errors = errorsOf(error);
  const [first] = errors;
  if (!first) return undefined;
  const { status = 400, headers = [] } = (first.extensions.http ?? {}) as Partial<Refusal>;
  return {
    errors: [first, ...errors.slice(1)],
    status,
    headers,
    text: read?.text ?? '{ __typename }',
    document: read?.document ?? EMPTY,
  };
}

function errorsOf(error: unknown): readonly GraphQLError[] {
  if (error instanceof GraphQLError) return [error];
  if (error instanceof AggregateError) return error.errors as readonly GraphQLError[];
  return [identificationFailure(error) ?? []].flat();
}

const EMPTY: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
