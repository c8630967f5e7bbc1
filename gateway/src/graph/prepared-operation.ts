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

/** An operation with all that is worked out of it once: its plan, and the form of its answer. */
export interface PreparedOperation {
  readonly plan: PlanNode | SubscriptionNode | undefined;
  /** Runs a plan (its own, or what follows an event of it) and answers as the operation asks. */
  readonly run: (
    plan: PlanNode | undefined,
    subgraphs: Subgraphs,
    variables: Variables,
    context: GatewayContext,
  ) => Promise<FirstPart>;
}

/** An answer, or what it has before its deferred parts. */
export interface FirstPart extends ExecutionResult {
  readonly later?: LaterParts;
}

interface Planning {
  readonly planner: QueryPlanner;
  /** What clients see, as the planner knows it and as GraphQL.js does. */
  readonly federationSchema: Schema;
  readonly schema: GraphQLSchema;
  readonly isOfType: IsOfType;
  readonly fieldsUsedByPlans: FieldsUsedByPlans;
  readonly separateRequirements: RequirementSeparator;
}

/** In JavaScript an object has no field of this name, it has a prototype. */
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
 * The document without what is asked of the schema itself. No subgraph is asked for it, and the planner knows only a part of
 * what GraphQL.js can tell: not `__Type.isOneOf`, for one.
 */
const withoutIntrospection = (document: DocumentNode): DocumentNode =>
  visit(document, {
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? null : undefined,
    Field: ({ name }) => (INTROSPECTION.has(name.value) ? TYPE_NAME : undefined),
  });

/** They stand at the root of a query only. */
const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);
const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The planner leaves a field out without a word when nothing that is selected of it has a type there: of an interface, say,
 * that no type implements in the subgraph that answers. It would be null, as if it had no value.
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

  /** What is asked of the schema itself. */
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
      // A fetch that failed leaves values out that must be there: what failed is told, what follows from it is not.
      const told: readonly GraphQLError[] = fetched.errors.length > 0 ? fetched.errors : errors;
      const later =
        places.length > 0 && laterParts({ places, fetched: fetched.deferred, shape, clientLabels });
      return { data, ...(told.length > 0 && { errors: told }), ...(later && { later }) };
    },
  };
}
