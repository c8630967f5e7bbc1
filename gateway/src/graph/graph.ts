import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { type AccessControl, createAccessControl } from '../access/access-control.ts';
import { findOperation } from '../access/operation.ts';
import type { GatewayContext } from '../context.ts';
import {
  createSubscriptionPlanner,
  type SubscriptionPlanner,
} from '../subscriptions/subscription-planner.ts';
import { withoutAccessRules } from '../supergraph/without-access-rules.ts';
import type { IsOfType } from './entities.ts';
import { type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import type { Subgraphs } from './subgraph.ts';

export interface OperationRequest {
  readonly document: DocumentNode;
  /** Of the document's text: what is prepared for an operation is kept by it. */
  readonly queryHash: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** A supergraph in force: what is worked out from it once, and what was prepared for operations. */
export interface Graph {
  /** As clients see it. */
  readonly schema: GraphQLSchema;
  readonly access: AccessControl;
  readonly planner: SubscriptionPlanner;
  /** Runs a query or mutation that has been validated: as much of it as its caller may have. */
  readonly run: (request: OperationRequest, context: GatewayContext) => Promise<ExecutionResult>;
}

const MOST_PREPARED = 2_000;

/** @throws {Error} when it is no supergraph, or asks for something that nobody here does. */
export function createGraph(supergraphSdl: string, subgraphs: Subgraphs): Graph {
  const supergraph = Supergraph.build(withoutAccessRules(supergraphSdl));
  for (const { name } of supergraph.subgraphsMetadata())
    if (!subgraphs[name]) throw new Error(`Nobody says where the subgraph "${name}" listens.`);
  const federationSchema = supergraph.apiSchema();
  const schema = federationSchema.toGraphQLJSSchema();
  const access = createAccessControl(schema, supergraphSdl);
  const planning = {
    planner: new QueryPlanner(supergraph),
    federationSchema,
    schema,
    isOfType: typeTest(supergraph.schema.toGraphQLJSSchema()),
  };
  const prepared = new LRUCache<string, PreparedOperation>({ max: MOST_PREPARED });

  const prepare = (
    document: DocumentNode,
    queryHash: string,
    operationName?: string,
  ): PreparedOperation => {
    const key = `${queryHash} ${operationName ?? ''}`;
    const known = prepared.get(key);
    if (known) return known;
    const operation = prepareOperation(planning, document, operationName);
    prepared.set(key, operation);
    return operation;
  };

  const run: Graph['run'] = async (request, context) => {
    const { operationName, variables = {} } = request;
    const { definition } = findOperation(schema, request.document, operationName);
    const { errors } = getVariableValues(schema, definition.variableDefinitions ?? [], variables);
    if (errors) return { errors };
    const restricted = access.restrict(request.document, operationName, context.identity);
    const { document, queryHash } = restricted ?? request;
    const { plan, run: execute } = prepare(document, queryHash, operationName);
    if (plan?.kind === 'Subscription') throw new GraphQLError('Subscriptions are not run so.');
    const result = await execute(plan, subgraphs, variables, context);
    return restricted ? restricted.complete(result, variables) : result;
  };

  return { schema, access, planner: createSubscriptionPlanner({ prepare, subgraphs }), run };
}

function typeTest(schema: GraphQLSchema): IsOfType {
  return (typeName, condition) => {
    if (typeName === condition) return true;
    const type = schema.getType(typeName);
    const abstract = schema.getType(condition);
    return isObjectType(type) && isAbstractType(abstract) && schema.isSubType(abstract, type);
  };
}
