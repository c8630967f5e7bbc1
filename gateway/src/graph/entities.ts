import type { QueryPlanSelectionNode } from '@apollo/query-planner';

/** An object of an answer, by response keys. */
export type Entity = Record<string, unknown>;

/** Identifies an entity to a subgraph: its type, its key, and the fields that a field `@requires`. */
export interface Representation extends Entity {
  __typename?: unknown;
}

/** Whether an object type is the type of the condition or belongs to it. */
export type IsOfType = (typeName: string, condition: string) => boolean;

/**
 * The representation of an entity for a subgraph. An alias is the key under which the entity holds a field.
 *
 * @returns undefined when a required part is missing: its fetch has reported an error, and the entity stays as it is.
 */
export function representationOf(
  entity: Entity,
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): Representation | undefined {
  const representation: Representation = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      const typeName = entity.__typename;
      if (!typeCondition || typeof typeName !== 'string' || !isOfType(typeName, typeCondition))
        continue;
      const part = representationOf(entity, selection.selections, isOfType);
      if (!part) return undefined;
      mergeInto(representation, part);
      continue;
    }
    const { name, alias = name } = selection;
    const value = Object.hasOwn(entity, alias) ? entity[alias] : undefined;
    if (value === undefined) return undefined;
    representation[name] = selection.selections
      ? selected(value, selection.selections, isOfType)
      : value;
  }
  return representation;
}

const selected = (
  value: unknown,
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): unknown => {
  if (Array.isArray(value)) return value.map((item) => selected(item, selections, isOfType));
  if (typeof value !== 'object' || value === null) return null;
  return representationOf(value as Entity, selections, isOfType) ?? null;
};

/** Adds the fields of the same object from another fetch. */
export function mergeInto(target: Entity, source: Entity): void {
  for (const key in source) {
    const value = source[key];
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(present) && isObject(value)) mergeInto(present, value);
    else if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
    else target[key] = value;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, value] of source.entries()) {
    const present = target[index];
    if (isObject(present) && isObject(value)) mergeInto(present, value);
    else if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
    else target[index] = value;
  }
}

const isObject = (value: unknown): value is Entity =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
