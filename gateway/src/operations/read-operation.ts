import { isOpenToAnyone } from '@affluent/service';
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  specifiedRules,
  validate,
} from 'graphql';

import { noSuchOperation } from '../ast/operation.ts';
import { assertUnconditionalRoot } from '../ast/root-fields.ts';
import type { Admission, CostCaller } from '../cost/admission.ts';
import type { DocumentRequest, Documents } from '../documents/documents.ts';
import type { Graph } from '../graph/graph.ts';
import { recordStep } from '../telemetry/record-step.ts';

/** An operation as a transport received it. Nothing of it is checked yet. */
export interface OperationParams extends DocumentRequest {
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** A valid operation that its caller may request. It costs nothing yet, and its variables are not checked. */
export interface ReadOperation {
  readonly text: string;
  readonly document: DocumentNode;
  /** The operation of the document that runs. */
  readonly definition: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The graph that validated the operation. It runs to its end in this graph. */
  readonly graph: Graph;
  /** When reading began, on the clock of `performance.now()`. */
  readonly startedAt: number;
}

interface ReaderOptions {
  readonly documents: Documents;
  readonly admission: Admission;
  readonly graph: () => Graph;
}

export type ReadOperationOf = (params: OperationParams, caller: CostCaller) => ReadOperation;

/**
 * Reads operations: finds the document, checks its size, parses and validates it, chooses the operation, and checks that its
 * caller may request it. A document that was valid in the graph is not validated again.
 *
 * The function it returns throws a {@link GraphQLError}, or an AggregateError of several.
 */
export function createOperationReader({
  documents,
  admission,
  graph,
}: ReaderOptions): ReadOperationOf {
  const validIn = new WeakMap<GraphQLSchema, WeakSet<DocumentNode>>();

  const assertValid = (schema: GraphQLSchema, document: DocumentNode, caller: CostCaller): void => {
    const valid = validIn.get(schema) ?? new WeakSet();
    validIn.set(schema, valid);
    if (valid.has(document)) return;
    recordStep('graphql.validate', () => {
      assertUnconditionalRoot(document);
      const errors = validate(schema, document, specifiedRules, {
        hideSuggestions: !admission.maySeeSchema(caller),
      });
      if (errors.length > 0) throw new AggregateError(errors.map(asValidationError));
    });
    valid.add(document);
  };

  return (params, caller) => {
    const startedAt = performance.now();
    const text = documents.textOf(params);
    if (text === undefined) throw badRequest('Send a document as "query", or its hash.');
    const operationName = params.operationName ?? undefined;
    if (operationName !== undefined && typeof operationName !== 'string')
      throw badRequest('"operationName" must be a string.');
    const variables = params.variables ?? {};
    if (!isMap(variables)) throw badRequest('"variables" must be an object.');
    const document = admission.read(text, caller);
    const current = graph();
    let definition: OperationDefinitionNode | null | undefined;
    try {
      assertValid(current.schema, document, caller);
      definition = getOperationAST(document, operationName);
      if (!definition) throw noSuchOperation(operationName);
    } catch (error) {
      admission.refused(caller);
      throw error;
    }
    if (!caller.identity && !isOpenToAnyone(document, operationName)) throw signInFirst();
    return { text, document, definition, operationName, variables, graph: current, startedAt };
  };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });

const signInFirst = (): GraphQLError =>
  new GraphQLError('Sign in to do this.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });

/** GraphQL.js gives its validation errors no code. */
const asValidationError = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    ...(nodes && { nodes }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
