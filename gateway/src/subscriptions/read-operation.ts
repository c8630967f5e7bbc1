import { type Identity, isOpenToAnyone } from '@affluent/service';
import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  specifiedRules,
  validate,
} from 'graphql';

import type { Admission } from '../cost/admission.ts';
import type { DocumentRequest, Documents } from '../documents/documents.ts';
import { conditionsOf, conditionVariables } from '../graph/conditions.ts';
import type { Graph } from '../graph/graph.ts';
import { noSuchOperation } from '../graph/operation.ts';
import { assertUnconditionalRoot } from './root-fields.ts';

export interface ReadOptions {
  readonly documents: Documents;
  readonly admission: Admission;
  readonly graph: () => Graph;
}

export interface OperationParams extends DocumentRequest {
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** A list of wrong values would take seconds to complain about one by one. */
const MAX_VARIABLE_ERRORS = 10;

interface Asker {
  readonly identity: Identity | undefined;
  readonly address: string | undefined;
}

/** An operation that may run. */
export interface ReadOperation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Reads what came in through a door that is not Apollo Server's: the same limits, rules and identity hold there. Subscriptions
 * are paid for here; what Apollo Server runs, it has paid for itself.
 *
 * @throws {AggregateError} of {@link GraphQLError}s.
 */
export function readOperation(
  { documents, admission, graph }: ReadOptions,
  params: OperationParams,
  asker: Asker,
): ReadOperation {
  try {
    const text = documents.textOf(params);
    if (text === undefined) throw badRequest('Send a document as "query", or its hash.');
    const operationName = params.operationName ?? undefined;
    if (operationName !== undefined && typeof operationName !== 'string')
      throw badRequest('"operationName" must be a string.');
    const variables = params.variables ?? {};
    if (!isMap(variables)) throw badRequest('"variables" must be an object.');
    const document = admission.read(text, asker);
    const { schema, costs } = graph();
    assertUnconditionalRoot(document);
    const errors = validate(schema, document, specifiedRules, {
      hideSuggestions: !admission.maySeeSchema(asker),
    });
    if (errors.length > 0) {
      admission.refused(asker);
      throw new AggregateError(errors.map(asValidationError));
    }
    const definition = getOperationAST(document, operationName);
    if (!definition) throw noSuchOperation(operationName);
    if (!asker.identity && !isOpenToAnyone(document, operationName)) throw signInFirst();
    const kind = definition.operation;
    if (kind === OperationTypeNode.SUBSCRIPTION) {
      assertVariables(schema, definition, variables);
      conditionsOf(conditionVariables(document), definition, variables);
      admission.admit(costs, { document, operationName, variables }, asker);
    }
    return { text, document, kind, operationName, variables };
  } catch (error) {
    if (error instanceof GraphQLError) throw new AggregateError([error]);
    throw error;
  }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });

function assertVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const { errors } = getVariableValues(schema, variableDefinitions, variables, {
    maxErrors: MAX_VARIABLE_ERRORS,
  });
  if (!errors) return;
  throw new AggregateError(
    errors.map(
      ({ message, nodes }) =>
        new GraphQLError(message, {
          ...(nodes && { nodes }),
          extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
        }),
    ),
  );
}

const signInFirst = (): GraphQLError =>
  new GraphQLError('Sign in to do this.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
  });

/** GraphQL's own carry no code. */
const asValidationError = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    ...(nodes && { nodes }),
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
