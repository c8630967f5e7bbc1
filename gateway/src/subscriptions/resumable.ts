import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isNonNullType,
  isObjectType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
  type VariableDefinitionNode,
} from 'graphql';

import { findOperation, type Operation } from '../ast/operation.ts';
import { rootFields } from '../ast/root-fields.ts';

/** A subscription that can be resumed where it broke. */
export interface ResumableSubscription {
  /** Has one root field, whose `after` is the variable {@link AFTER} and which selects its cursor as {@link CURSOR}. */
  readonly document: DocumentNode;
  readonly rootKey: string;
  /** The cursor that the client wants to begin after; undefined: with new events. */
  readonly after: string | undefined;
}

export const AFTER = 'affluent_after';
export const CURSOR = 'affluent_cursor';

/**
 * The resumable form of a subscription whose field takes `after` and whose events have a `cursor`; undefined for others. Each of
 * their events holds the whole state, so that it is enough to subscribe again.
 */
export function makeResumable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): ResumableSubscription | undefined {
  const operation = findOperation(schema, document, operationName);
  // After validation, all of them merge into one.
  const fields = rootFields(operation.definition.selectionSet, operation.fragments);
  const [field] = fields;
  const definition = field && operation.rootType.getFields()[field.name.value];
  if (!field?.selectionSet || !definition?.args.some(({ name }) => name === 'after'))
    return undefined;
  const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
  if (!isObjectType(type) || !type.getFields().cursor) return undefined;

  const given = field.arguments?.find(({ name }) => name.value === 'after');
  const others = (field.arguments ?? []).filter((argument) => argument !== given);
  const rootField: FieldNode = {
    ...field,
    arguments: [...others, AFTER_ARGUMENT],
    selectionSet: {
      ...field.selectionSet,
      selections: [
        ...fields.flatMap(({ selectionSet }) => selectionSet?.selections ?? []),
        CURSOR_FIELD,
      ],
    },
  };
  const definitions = [
    {
      ...operation.definition,
      variableDefinitions: [...(operation.definition.variableDefinitions ?? []), AFTER_VARIABLE],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [rootField] } as const,
    },
    ...operation.fragments.values(),
  ];
  const after = given && valueOf(given.value, operation, variables);
  return {
    document: { kind: Kind.DOCUMENT, definitions },
    rootKey: (field.alias ?? field.name).value,
    after: typeof after === 'string' ? after : undefined,
  };
}

function valueOf(
  node: ValueNode,
  { definition }: Operation,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  if (node.kind !== Kind.VARIABLE) return valueFromASTUntyped(node);
  const name = node.name.value;
  if (Object.hasOwn(variables, name)) return variables[name];
  const found = definition.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  );
  return found?.defaultValue && valueFromASTUntyped(found.defaultValue);
}

const named = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variable = { kind: Kind.VARIABLE, name: named(AFTER) } as const;
const AFTER_ARGUMENT: ArgumentNode = { kind: Kind.ARGUMENT, name: named('after'), value: variable };
const AFTER_VARIABLE: VariableDefinitionNode = {
  kind: Kind.VARIABLE_DEFINITION,
  variable,
  type: { kind: Kind.NAMED_TYPE, name: named('String') },
};
const CURSOR_FIELD: FieldNode = {
  kind: Kind.FIELD,
  alias: named(CURSOR),
  name: named('cursor'),
};
