import type {
  FetchNode,
  PlanNode,
  QueryPlanSelectionNode,
  SubscriptionNode,
} from '@apollo/query-planner';
import {
  doTypesOverlap,
  type FieldNode,
  type GraphQLSchema,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { mapFetches } from './map-fetches.ts';
import { parseFetch, renamedKeysOf, selectionsOfFetch } from './parse-fetch.ts';
import {
  namesWithConflict,
  type RequiredField,
  readRequirements,
  requiringField,
  type Requirements,
} from './required-arguments.ts';

/** Fields of an entity that one fetch can select: their requirements have the same arguments and conditions. */
interface Group {
  /** `@skip` and `@include` of the fields that require others. */
  readonly condition: string;
  readonly fields: Set<FieldNode>;
  /** Their requirements by path; of one type where several have them. */
  readonly required: Map<string, RequiredField>;
  readonly requiredOfAllTypes: RequiredField[];
}

/** Required fields that a plan must fetch under keys of their own. */
interface Separate {
  readonly fields: readonly RequiredField[];
  readonly keyOf: (field: RequiredField) => string;
}

/** Returns the plan with all requirements met. */
export type RequirementSeparator = <T extends PlanNode | SubscriptionNode>(plan: T) => T;

/**
 * Corrects plans in which fields require the same field with different arguments. The planner fetches that once, with the
 * arguments of one of them, and sends the value to all. Here it is fetched once for each list of arguments, under keys of their
 * own, and fields that need different values of it are selected by separate fetches. So are fields with conditions: their
 * requirements are missing when the client leaves them out, and the other fields must not depend on them.
 *
 * @param schema - the whole supergraph, with the fields that clients do not see.
 */
export function createRequirementSeparator(
  supergraphSdl: string,
  schema: GraphQLSchema,
): RequirementSeparator {
  const requirements = readRequirements(supergraphSdl, schema);
  if (requirements.size === 0) return (plan) => plan;
  return (plan) => {
    const separate = findConflicts(plan, requirements);
    return mapFetches(plan, (fetch) => {
      const operation = withSeparateFields(fetch, separate, schema);
      const groups = groupsOf(fetch, operation, requirements);
      if (separate.fields.length === 0 && groups.length < 2) return fetch;
      if (groups.length === 0) return withOperation(fetch, operation);
      const nodes = groups.map((group) => partOf(fetch, operation, group, groups, separate));
      return { kind: 'Parallel', nodes };
    });
  };
}

function findConflicts(plan: PlanNode | SubscriptionNode, requirements: Requirements): Separate {
  const required = new Map<string, RequiredField>();
  let prefix = 'required_';
  mapFetches(plan, (fetch) => {
    while (fetch.operation.includes(prefix)) prefix += '_';
    for (const group of groupsOf(fetch, parseFetch(fetch), requirements))
      for (const field of group.requiredOfAllTypes)
        required.set(`${field.typeName}.${idOf(field)}`, field);
    return fetch;
  });
  const names = namesWithConflict(required.values());
  const fields = [...required.values()].filter(({ name }) => names.has(name));
  const ids = [...new Set(fields.map(idOf))];
  return {
    fields,
    keyOf: (field) => {
      const index = ids.indexOf(idOf(field));
      return index < 0 ? field.name : `${prefix}${index}_${field.name}`;
    },
  };
}

/** Differs where the value may differ. The type does not count: an entity has one. */
const idOf = ({ name, argumentsText }: RequiredField): string => `${name}(${argumentsText})`;

/** The fields that a fetch selects on entities, in as few groups as possible. */
function groupsOf(
  fetch: FetchNode,
  operation: OperationDefinitionNode,
  requirements: Requirements,
): readonly Group[] {
  if (!fetch.requires) return [];
  const groups: Group[] = [];
  const add = (selections: readonly SelectionNode[], typeName: string, at = ''): void => {
    for (const selection of selections) {
      const conditions = at + (selection.directives ?? []).map(print).join(' ');
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const inside = selection.typeCondition?.name.value ?? typeName;
        add(selection.selectionSet.selections, inside, conditions);
      }
      if (selection.kind !== Kind.FIELD) continue;
      const id = requiringField(fetch.serviceName, typeName, selection.name.value);
      const needed = [...(requirements.get(id) ?? [])];
      const condition = needed.length > 0 ? conditions : '';
      const isFit = (each: Group): boolean =>
        each.condition === condition &&
        needed.every(([path, field]) => idOf(each.required.get(path) ?? field) === idOf(field));
      const group: Group = groups.find(isFit) ?? {
        condition,
        fields: new Set(),
        required: new Map(),
        requiredOfAllTypes: [],
      };
      if (group.fields.size === 0) groups.push(group);
      group.fields.add(selection);
      for (const [path, field] of needed) {
        group.required.set(path, field);
        group.requiredOfAllTypes.push(field);
      }
    }
  };
  add(selectionsOfFetch(fetch, operation), '');
  return groups;
}

/** The operation of a fetch, with the separated fields in place of each that it selects for the plan. */
function withSeparateFields(
  fetch: FetchNode,
  { fields, keyOf }: Separate,
  schema: GraphQLSchema,
): OperationDefinitionNode {
  const info = new TypeInfo(schema);
  const renamed = renamedKeysOf(fetch);
  const overlapsParent = (typeName: string): boolean => {
    const [parent, type] = [info.getParentType(), schema.getType(typeName)];
    return isCompositeType(parent) && isCompositeType(type) && doTypesOverlap(schema, parent, type);
  };
  const separated = (selection: SelectionNode): readonly SelectionNode[] => {
    if (selection.kind !== Kind.FIELD) return [selection];
    const { name, alias = name } = selection;
    // The client's own fields have other keys (`plan-keys.ts`).
    const isForPlan = (renamed.get(alias.value) ?? alias.value) === name.value;
    const meant = isForPlan
      ? fields.filter((each) => each.name === name.value && overlapsParent(each.typeName))
      : [];
    if (meant.length === 0) return [selection];
    const byKey = new Map(meant.map((each) => [keyOf(each), each.arguments]));
    return [...byKey].map(([key, given]) => ({
      ...selection,
      alias: { kind: Kind.NAME, value: key },
      arguments: given,
    }));
  };
  const separateSet = visitWithTypeInfo(info, {
    SelectionSet: {
      leave: (set) => ({ ...set, selections: set.selections.flatMap(separated) }),
    },
  });
  const operation = parseFetch(fetch);
  return fields.length > 0 ? visit(operation, separateSet) : operation;
}

/** The part of a fetch that selects the fields of a group. */
function partOf(
  fetch: FetchNode,
  operation: OperationDefinitionNode,
  { fields, required }: Group,
  groups: readonly Group[],
  { keyOf }: Separate,
): FetchNode {
  const ofOthers = new Set(
    groups.flatMap((group) => (group.fields === fields ? [] : [...group.fields])),
  );
  const forOthers = new Set(groups.flatMap((group) => [...group.required.keys()]));
  const requires = (
    selections: readonly QueryPlanSelectionNode[],
    at: string,
  ): QueryPlanSelectionNode[] =>
    selections.flatMap((selection): QueryPlanSelectionNode[] => {
      if (selection.kind === 'InlineFragment')
        return [{ ...selection, selections: requires(selection.selections, at) }];
      const path = at + selection.name;
      const field = required.get(path);
      if (!field && forOthers.has(path)) return [];
      return [
        {
          ...selection,
          ...(field && { alias: keyOf(field) }),
          ...(selection.selections && { selections: requires(selection.selections, `${path}.`) }),
        },
      ];
    });
  const part = visit(operation, {
    Field: (node) => (ofOthers.has(node) ? null : undefined),
    InlineFragment: {
      leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined),
    },
  });
  return { ...withOperation(fetch, part), requires: requires(fetch.requires ?? [], '') };
}

/** The fetch with another operation, which may use fewer variables. */
function withOperation(fetch: FetchNode, operation: OperationDefinitionNode): FetchNode {
  const used = new Set<string>();
  visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return {
    ...fetch,
    variableUsages: (fetch.variableUsages ?? []).filter((name) => used.has(name)),
    operation: stripIgnoredCharacters(
      print({ ...operation, ...(variableDefinitions && { variableDefinitions }) }),
    ),
  };
}
