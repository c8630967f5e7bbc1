import { createHash } from 'node:crypto';

import { type Identity, readAccessRules } from '@affluent/service';
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  print,
  printSchema,
} from 'graphql';

import { findOperation } from '../ast/operation.ts';
import { completeAnswer } from './complete.ts';
import { findDeniedFields } from './denied-fields.ts';
import { prune } from './prune.ts';

/** What runs in the place of an operation of which the caller may not have everything. */
export interface RestrictedOperation {
  /** Without the denied fields. */
  readonly document: DocumentNode;
  /** Of that document: plans are kept by it, and must not be mixed up with those of the whole operation. */
  readonly queryHash: string;
  /** Why the caller may not have the first of its root fields that is denied, if one is. */
  readonly rootDenial: GraphQLError | undefined;
  /** Makes the answer to the whole operation out of the answer to {@link document}. */
  readonly complete: (
    result: ExecutionResult,
    variables: Readonly<Record<string, unknown>> | undefined,
  ) => ExecutionResult;
}

export interface AccessControl {
  /**
   * Undefined when the caller may have all of the operation: it runs as it is.
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
 * What was found is kept with the parsed document, which Apollo Server keeps for repeated operations.
 * @param apiSchema - the graph as clients see it.
 * @param supergraphSdl - the whole supergraph, with the rules.
 */
export function createAccessControl(
  apiSchema: GraphQLSchema,
  supergraphSdl: string,
): AccessControl {
  // @apollo/gateway has put resolvers of its own on the fields of its schema; answers are completed with ours.
  const schema = buildSchema(printSchema(apiSchema));
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
    const rights = identity ? [...identity.scopes].toSorted().join(' ') : 'nobody';
    const key = `${rights}\n${operationName ?? ''}`;
    if (!restrictions.has(key)) restrictions.set(key, work(document, operationName, identity));
    return restrictions.get(key);
  };
  return { restrict };
}
