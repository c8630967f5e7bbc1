import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { deferLabelOf } from '../ast/defers.ts';

/**
 * The type of an object, or only its interface where a subgraph defines the interface as an object (`@interfaceObject`) and the
 * plan had no reason to fetch the object's own type from another subgraph.
 */
export type KnownType = GraphQLObjectType | GraphQLInterfaceType;

/** The selections of an object that come in a later part of the answer. */
export interface DeferredSet {
  readonly label: string;
  readonly set: SelectionSetNode;
}

export interface Collector {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly isIncluded: (selection: SelectionNode) => boolean;
  readonly nodes: Map<string, [FieldNode, ...FieldNode[]]>;
  /** Undefined: deferred selections are collected with the rest. */
  readonly deferred: DeferredSet[] | undefined;
  /** Set when the selections on an interface differ between the object types that implement it. */
  dependsOnObjectType: boolean;
}

/** CollectFields of the specification: the selections on an object of this type, by response key. */
export function collectFields(
  collector: Collector,
  set: SelectionSetNode,
  type: KnownType,
  seen: Set<string>,
): void {
  const { schema, fragments, isIncluded, nodes: into, deferred } = collector;
  for (const selection of set.selections) {
    if (!isIncluded(selection)) continue;
    if (selection.kind === Kind.FIELD) {
      if (isInterfaceType(type) && selection.name.value === '__typename')
        collector.dependsOnObjectType = true;
      const key = (selection.alias ?? selection.name).value;
      const nodes = into.get(key);
      if (nodes) nodes.push(selection);
      else into.set(key, [selection]);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (seen.has(selection.name.value)) continue;
      seen.add(selection.name.value);
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
    const isMeant =
      !condition ||
      condition === type ||
      (isAbstractType(condition) && schema.isSubType(condition, type));
    const label = deferLabelOf(selection);
    if (!fragment || !isMeant) {
      if (isInterfaceType(type)) collector.dependsOnObjectType = true;
    } else if (deferred && label !== undefined) {
      deferred.push({ label, set: fragment.selectionSet });
    } else collectFields(collector, fragment.selectionSet, type, seen);
  }
}
