import { setImmediate } from 'node:timers/promises';

import { recordSpan } from '@affluent/service';
import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { type AccessControl, createAccessControl } from '../access/access-control.ts';
import { defersInForce, withoutDefers } from '../ast/defers.ts';
import { findOperation, type Operation } from '../ast/operation.ts';
import type { GatewayContext } from '../context.ts';
import { createCostControl, type CostControl } from '../cost/cost-control.ts';
import { SHAPE_LIMITS } from '../cost/limits.ts';
import { planDuration, planLookups } from '../telemetry/metrics.ts';
import { assertReadOnce } from '../uploads/assert-read-once.ts';
import type { IsOfType } from './entities.ts';
import { fieldsUsedByPlans } from './plan-keys.ts';
import { type FirstPart, type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import { withResolvableKeysOnly } from './resolvable-keys.ts';
import { createRequirementSeparator } from './separate-requirements.ts';
import type { Subgraphs } from './subgraph.ts';
import { createSubscriptionPlanner, type SubscriptionPlanner } from './subscription-planner.ts';
import { withoutAccessRules } from './without-access-rules.ts';

export interface OperationRequest {
  readonly document: DocumentNode;
  /** Hash of the document's text, the key of the prepared operation. */
  readonly queryHash: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** A prepared operation, and how often it has run since. */
export interface UsedOperation {
  readonly document: DocumentNode;
  readonly queryHash: string;
  readonly operationName: string | undefined;
  readonly uses: number;
}

interface PreparedEntry extends UsedOperation {
  readonly prepared: PreparedOperation;
  uses: number;
}

/** A supergraph that is served, with everything derived from it and the operations prepared in it. */
export interface Graph {
  /** The schema as clients see it. */
  readonly schema: GraphQLSchema;
  readonly access: AccessControl;
  readonly costs: CostControl;
  readonly planner: SubscriptionPlanner;
  /** The prepared operations, most used first. */
  readonly mostUsed: () => readonly UsedOperation[];
  /**
   * Prepares operations of another graph that are valid in this one, so that no client waits for their plans. Other requests
   * are served in between.
   */
  readonly warmUp: (operations: readonly UsedOperation[]) => Promise<void>;
  /**
   * Runs as much of a query or mutation as its caller may have. The operation and its variables must be valid. Deferred parts
   * go to `context.deferral`; without it, and for a caller who may not have all fields, the answer comes in one part.
   *
   * @param execute - runs the operation instead of our executor.
   */
  readonly run: (
    request: OperationRequest,
    context: GatewayContext,
    execute?: (part: OperationPart) => Promise<ExecutionResult>,
  ) => Promise<ExecutionResult>;
}

type OperationPart = Pick<OperationRequest, 'document' | 'queryHash'>;

const MAX_PREPARED = 2_000;

/** @throws {Error} when it is no supergraph, or needs a feature that this gateway does not support. */
export function createGraph(supergraphSdl: string, subgraphs: Subgraphs): Graph {
  const supergraph = Supergraph.build(
    withResolvableKeysOnly(parse(withoutAccessRules(supergraphSdl))),
  );
  for (const { name } of supergraph.subgraphsMetadata())
    if (!subgraphs[name]) throw new Error(`No URL is configured for the subgraph "${name}".`);
  const federationSchema = supergraph.apiSchema();
  const schema = federationSchema.toGraphQLJSSchema({ includeDefer: true });
  const access = createAccessControl(schema, supergraphSdl);
  const costs = createCostControl(schema, supergraphSdl, SHAPE_LIMITS);
  const wholeSchema = supergraph.schema.toGraphQLJSSchema();
  const planning = {
    planner: new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } }),
    federationSchema,
    schema,
    isOfType: typeTest(wholeSchema),
    fieldsUsedByPlans: fieldsUsedByPlans(supergraphSdl),
    separateRequirements: createRequirementSeparator(supergraphSdl, wholeSchema),
  };
  const known = new LRUCache<string, PreparedEntry>({ max: MAX_PREPARED });

  const prepare = (
    document: DocumentNode,
    queryHash: string,
    operationName?: string,
  ): PreparedOperation => {
    const key = `${queryHash} ${operationName ?? ''}`;
    let operation = known.get(key);
    planLookups.inc({ result: operation ? 'hit' : 'miss' });
    if (!operation) {
      const start = performance.now();
      const prepared = prepareOperation(planning, document, operationName);
      const milliseconds = performance.now() - start;
      planDuration.observe(milliseconds / 1000);
      recordSpan('graphql.plan', { milliseconds });
      operation = { document, queryHash, operationName, uses: 0, prepared };
      known.set(key, operation);
    }
    operation.uses++;
    return operation.prepared;
  };

  const warmUp: Graph['warmUp'] = async (operations) => {
    for (const { document, queryHash, operationName } of operations) {
      await setImmediate();
      if (validate(schema, document).length === 0) prepare(document, queryHash, operationName);
    }
  };

  const runPrepared = (
    { plan, run: execute }: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: GatewayContext,
  ): Promise<FirstPart> => {
    if (plan?.kind === 'Subscription')
      throw new GraphQLError(
        'Subscriptions need a transport for streams: WebSocket, SSE or multipart.',
      );
    return execute(plan, subgraphs, variables, context);
  };

  const run: Graph['run'] = async (request, context, execute) => {
    const { operationName, variables = {} } = request;
    const operation = findOperation(schema, request.document, operationName);
    const { definition } = operation;
    if (definition.operation === 'mutation') assertReadOnce(operation, variables);
    const restricted = access.restrict(request.document, operationName, context.identity);
    const { deferral } = context;
    const isStream = definition.operation === 'subscription';
    const inParts = deferral !== undefined && !restricted && !execute && !isStream;
    const part = partToRun(restricted ?? request, operation, variables, inParts);
    const { later, ...result }: FirstPart = await (execute
      ? execute(part)
      : runPrepared(prepare(part.document, part.queryHash, operationName), variables, context));
    if (later && deferral) deferral.later = later;
    return restricted ? restricted.complete(result, variables) : result;
  };

  return {
    schema,
    access,
    costs,
    planner: createSubscriptionPlanner({ prepare, subgraphs }),
    mostUsed: () => [...known.values()].toSorted((a, b) => b.uses - a.uses),
    warmUp,
    run,
  };
}

/** The operation to plan: with the `@defer`s whose conditions are met, or without any. */
function partToRun(
  { document, queryHash }: OperationPart,
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
  inParts: boolean,
): OperationPart {
  const whole = withoutDefers(document);
  if (whole === document) return { document, queryHash };
  const { document: deferred, conditions } = defersInForce(document, operation, variables);
  return inParts && withoutDefers(deferred) !== deferred
    ? { document: deferred, queryHash: `${queryHash} deferred ${conditions}` }
    : { document: whole, queryHash: `${queryHash} whole` };
}

function typeTest(schema: GraphQLSchema): IsOfType {
  return (typeName, condition) => {
    if (typeName === condition) return true;
    const type = schema.getType(typeName);
    const abstract = schema.getType(condition);
    return isObjectType(type) && isAbstractType(abstract) && schema.isSubType(abstract, type);
  };
}
