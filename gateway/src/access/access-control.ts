import { createHash } from 'node:crypto';

import { type Identity, readAccessRules } from '@affluent/service';
import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  print,
} from 'graphql';

import { findOperation } from '../ast/operation.ts';
import { completeAnswer } from './complete.ts';
import { findDeniedFields } from './denied-fields.ts';
import { prune } from './prune.ts';

/** Runs in place of an operation some of whose fields the caller may not have. */
export interface RestrictedOperation {
  /** Without the denied fields. */
  readonly document: DocumentNode;
  /** Hash of {@link document}: the key of its plan, which is not that of the whole operation. */
  readonly queryHash: string;
  /** The denial of the first root field that is denied. */
  readonly rootDenial: GraphQLError | undefined;
  /** Turns an answer to {@link document} into an answer to the whole operation. */
  readonly complete: (
    result: ExecutionResult,
    variables: Readonly<Record<string, unknown>> | undefined,
  ) => ExecutionResult;
}

export interface AccessControl {
  /**
   * @returns undefined when the caller may have all of the operation, which then runs as it is.
   * @throws {GraphQLError} when the document has no such operation.
   */
  readonly restrict: (
    document: DocumentNode,
    operationName: string | null | undefined,
    identity: Pick<Identity, 'scopes'> | undefined,
  ) => RestrictedOperation | undefined;
}

/**
 * Enforces the supergraph's `@authenticated` and `@requiresScopes` before an operation is planned: denied fields are not
 * fetched, and are null with an error in the answer; a denied mutation does not run.
 *
 * Results are cached by the parsed document, which the document reader keeps for repeated operations.
 *
 * @param schema - the graph as clients see it, without resolvers.
 * @param supergraphSdl - the whole supergraph, with the rules.
 */
export function createAccessControl(schema: GraphQLSchema, supergraphSdl: string): AccessControl {
  const access = { schema, rules: readAccessRules(schema, parse(supergraphSdl)) };
  const known = new WeakMap<DocumentNode, Map<string, RestrictedOperation | undefined>>();

  const work: AccessControl['restrict'] = (document, operationName, identity) => {
    const operation = findOperation(schema, document, operationName);
    const denied = findDeniedFields(access, operation, identity);
    if (denied.size === 0) return undefined;
    const source = print(document);
    let typeKey = 'runtimeType';
    while (source.includes(typeKey)) typeKey += '_';
    const pruned = prune(schema, operation, denied, typeKey);
    const options = { schema, document, operationName, denied, typeKey };
    return {
      document: pruned,
      queryHash: createHash('sha256').update(print(pruned)).digest('hex'),
      rootDenial: [...denied.values()].find(({ isAtRoot }) => isAtRoot)?.error,
      complete: (result, variables = {}) => completeAnswer(result, { ...options, variables }),
    };
  };

  const restrict: AccessControl['restrict'] = (document, operationName, identity) => {
    const restrictions = known.get(document) ?? new Map<string, RestrictedOperation | undefined>();
    known.set(document, restrictions);
    const rights = identity ? [...identity.scopes].toSorted().join(' ') : 'anonymous';
    const key = `${rights}\n${operationName ?? ''}`;
    if (!restrictions.has(key)) restrictions.set(key, work(document, operationName, identity));
    return restrictions.get(key);
  };
  return { restrict };
}
