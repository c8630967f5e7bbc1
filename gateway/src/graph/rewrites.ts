import type { FetchDataRewrite } from '@apollo/query-planner';

import type { Entity, IsOfType } from './entities.ts';

const FRAGMENT = '... on ';

/**
 * Applies the plan's rewrites to the input or output of a fetch: the type name of an interface that the subgraph defines as an
 * object (`@interfaceObject`), or a field that was fetched under another name because its type differs between two types.
 */
export function rewrite(
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: Entity,
  isOfType: IsOfType,
): void {
  for (const { path, ...change } of rewrites ?? []) {
    const key = path.at(-1);
    if (key === undefined) continue;
    for (const object of objectsAt(value, path, 0, isOfType)) {
      if (change.kind === 'ValueSetter') object[key] = change.setValueTo;
      else if (Object.hasOwn(object, key) && object[key]) {
        object[change.renameKeyTo] = object[key];
        delete object[key];
      }
    }
  }
}

/** The objects at a path without its last element. */
function objectsAt(
  value: unknown,
  path: readonly string[],
  depth: number,
  isOfType: IsOfType,
): readonly Entity[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsAt(item, path, depth, isOfType));
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Entity;
  if (depth === path.length - 1) return [object];
  const element = path[depth] ?? '';
  if (!element.startsWith(FRAGMENT)) {
    const child = Object.hasOwn(object, element) ? object[element] : undefined;
    return objectsAt(child, path, depth + 1, isOfType);
  }
  const { __typename } = object;
  const isMeant =
    typeof __typename !== 'string' || isOfType(__typename, element.slice(FRAGMENT.length));
  return isMeant ? objectsAt(object, path, depth + 1, isOfType) : [];
}
