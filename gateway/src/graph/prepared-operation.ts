import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import type { PlanNode, QueryPlanner, SubscriptionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  visit,
} from 'graphql';

import { conditionsOf, conditionVariables } from '../ast/conditions.ts';
import { labelDefers } from '../ast/defers.ts';
import { findOperation } from '../ast/operation.ts';
import type { GatewayContext, LaterParts } from '../context.ts';
import type { Entity, IsOfType } from './entities.ts';
import { executePlan } from './execute-plan.ts';
import { fetchesOf } from './fetches-of-plan.ts';
import { responseKeysOf } from './fields-of-fetch.ts';
import { laterParts } from './later-parts.ts';
import { type FieldsUsedByPlans, planKeysOf } from './plan-keys.ts';
import { plannedFieldsOf } from './planned-fields.ts';
import type { RequirementSeparator } from './separate-requirements.ts';
import { type AnswerShape, type FieldShape, shapeOf } from './shape-answer.ts';
import type { Subgraphs } from './subgraph.ts';

type Variables = Readonly<Record<string, unknown>>;

/** An operation with its plan and the shape of its answer, which are computed once. */
export interface PreparedOperation {
  readonly plan: PlanNode | SubscriptionNode | undefined;
  /** Runs a plan (its own, or the one that completes an event) and shapes the answer as the operation selects it. */
  readonly run: (
    plan: PlanNode | undefined,
    subgraphs: Subgraphs,
    variables: Variables,
    context: GatewayContext,
  ) => Promise<FirstPart>;
}

/** An answer, or its part before the deferred ones. */
export interface FirstPart extends ExecutionResult {
  readonly later?: LaterParts;
}

interface Planning {
  readonly planner: QueryPlanner;
  /** The schema that clients see, in the planner's form and in that of GraphQL.js. */
  readonly federationSchema: Schema;
  readonly schema: GraphQLSchema;
  readonly isOfType: IsOfType;
  readonly fieldsUsedByPlans: FieldsUsedByPlans;
  readonly separateRequirements: RequirementSeparator;
}

/** A JavaScript object cannot hold a field of this name: assignment sets its prototype. */
function refuseKeyOfPrototypes(document: DocumentNode): void {
  visit(document, {
    Field({ alias }) {
      if (alias?.value !== '__proto__') return;
      throw new GraphQLError('A field cannot be called "__proto__" in the answer.', {
        nodes: [alias],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
      });
    },
  });
}

/**
 * The document without introspection. No subgraph answers it, and the planner supports only a part of it: `__Type.isOneOf`, for
 * one, is missing.
 */
const withoutIntrospection = (document: DocumentNode): DocumentNode =>
  visit(document, {
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? null : undefined,
    Field: ({ name }) => (INTROSPECTION.has(name.value) ? TYPE_NAME : undefined),
  });

/** Introspection fields, which exist at the root of a query only. */
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);
const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The planner silently leaves out a field whose selections match no type in the subgraph that answers: of an interface, say, that
 * no type implements there. The answer would be null, as if the field had no value.
 */
const unanswerable = ({ parentName, nodes }: FieldShape): GraphQLError => {
  const [{ name, selectionSet }] = nodes;
  const what = `${selectionSet ? 'what is selected of ' : ''}${parentName}.${name.value}`;
  return new GraphQLError(`No subgraph can answer ${what} at this place of the operation.`, {
    nodes,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
};

/** @throws {GraphQLError} when no plan can be made of it. */
export function prepareOperation(
  {
    planner,
    federationSchema,
    schema,
    isOfType,
    fieldsUsedByPlans,
    separateRequirements,
  }: Planning,
  asked: DocumentNode,
  operationName: string | undefined,
): PreparedOperation {
  const { document, operation, clientLabels } = labelDefers(
    asked,
    findOperation(schema, asked, operationName),
  );
  refuseKeyOfPrototypes(document);
  const named = operationName === undefined ? {} : { operationName };
  const planKeys = planKeysOf(document, operation, fieldsUsedByPlans);
  const { node } = planner.buildQueryPlan(
    operationFromDocument(federationSchema, withoutIntrospection(planKeys.document), {
      ...named,
      validate: false,
    }),
  );
  const plan = node && separateRequirements(node);
  const plannedFields = plannedFieldsOf(plan);
  const conditionNames = conditionVariables(document);
  const isAlone = new Set(fetchesOf(plan).map(({ serviceName }) => serviceName)).size <= 1;
  let responseKeys: ReadonlySet<string> | undefined;
  const shapes = new Map<string, AnswerShape>();
  const shapeFor = (conditions: Readonly<Record<string, boolean>>): AnswerShape => {
    const key = Object.values(conditions).join();
    const known = shapes.get(key);
    if (known) return known;
    const shape = shapeOf({ schema, operation, conditions, planKeyOf: planKeys.keyOf });
    const unplanned = shape.findUnplanned(plannedFields);
    if (unplanned) throw unanswerable(unplanned);
    shapes.set(key, shape);
    return shape;
  };

  /** Answers introspection. */
  const introspect = (selections: readonly FieldNode[], variableValues: Variables): Entity => {
    const { definition, fragments } = operation;
    const definitions = [
      { ...definition, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const,
      ...fragments.values(),
    ];
    const { data, errors } = executeSync({
      schema,
      document: { kind: Kind.DOCUMENT, definitions },
      variableValues,
    });
    if (errors?.[0]) throw errors[0];
    return data ?? {};
  };

  return {
    plan,
    async run(node, subgraphs, variables, context) {
      const conditions = conditionsOf(conditionNames, operation.definition, variables);
      const shape = shapeFor(conditions);
      const fetched = await executePlan(node, {
        subgraphs,
        isOfType,
        variables,
        conditions,
        isAlone,
        responseKeys: () => (responseKeys ??= responseKeysOf(planKeys.document)),
        toClientPath: planKeys.toClientPath,
        context,
      });
      if (shape.introspection.length > 0)
        Object.assign(fetched.data, introspect(shape.introspection, variables));
      const { data, errors, deferred: places } = shape.apply(fetched.data);
      // A failed fetch leaves out values that must not be null. The failure is reported, its consequences are not.
      const reported: readonly GraphQLError[] = fetched.errors.length > 0 ? fetched.errors : errors;
      const later =
        places.length > 0 && laterParts({ places, fetched: fetched.deferred, shape, clientLabels });
      return { data, ...(reported.length > 0 && { errors: reported }), ...(later && { later }) };
    },
  };
}
