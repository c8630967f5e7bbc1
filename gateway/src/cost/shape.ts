import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { isDefer } from '../ast/defers.ts';
import { invalid, type ShapeLimits, tooComplex } from './limits.ts';

/** The size of a selection set, with spreads replaced by their fragments. */
interface Extent {
  /** Fields on the first level. */
  readonly direct: number;
  /** Fields and fragments on all levels. */
  readonly selections: number;
  readonly aliases: number;
  readonly defers: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Levels of braces, those of fragments included: later steps recurse into them. */
  readonly levels: number;
}

type Executable = OperationDefinitionNode | FragmentDefinitionNode;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Refuses a document that is too large for the later steps, by counting alone. Each fragment is counted once and its figures are
 * added for each spread, so that the work is proportional to the length of the document, however large its operation is.
 *
 * @throws {GraphQLError} OPERATION_TOO_COMPLEX with the limit, or GRAPHQL_VALIDATION_FAILED for fragments that spread each other.
 */
export function assertShape(document: DocumentNode, limits: ShapeLimits): void {
  const definitions = document.definitions.filter((node) => 'selectionSet' in node);
  const fragments: Fragments = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const { extentOf, isSpread } = createCounter(fragments, limits);
  const extents = definitions.map((definition) => ({ definition, extent: extentOf(definition) }));
  // A fragment that is not spread is validated by itself.
  const roots = extents.filter(({ definition }) => !isSpread(definition));
  let total = 0;
  for (const { definition, extent } of roots) {
    total += extent.selections;
    assertMost(extent.depth, limits.depth, 'levels of fields');
    assertMost(extent.levels, limits.levels, 'levels of braces');
    if (definition.kind === Kind.OPERATION_DEFINITION)
      assertMost(extent.direct, limits.rootFields, 'root fields');
    assertMost(extent.aliases, limits.aliases, 'aliases');
    assertMost(extent.defers, limits.defers, 'deferred fragments');
    assertMost(total, limits.selections, 'fields and fragments');
  }
  // Pairs are counted one by one, which is cheap only within the limits above.
  const pairs = roots.reduce(
    (count, { definition }) => count + countPairs([definition.selectionSet], fragments),
    0,
  );
  assertMost(pairs, limits.pairs, 'pairs of fields under one name');
}

function assertMost(count: number, most: number, what: string): void {
  if (count <= most) return;
  const asked = Number.isSafeInteger(count) ? count.toLocaleString('en') : 'far too many';
  throw tooComplex(`The operation has ${asked} ${what}; ${most.toLocaleString('en')} are allowed.`);
}

function createCounter(fragments: Fragments, limits: ShapeLimits) {
  /** Undefined while a fragment is being counted. */
  const counted = new Map<string, Extent | undefined>();
  const spread = new Set<string>();

  const ofFragment = (name: string): Extent => {
    const known = counted.get(name);
    if (known) return known;
    if (counted.has(name)) throw invalid(`The fragment "${name}" spreads itself.`);
    counted.set(name, undefined);
    const fragment = fragments.get(name);
    const extent = fragment ? ofDefinition(fragment) : NOTHING;
    counted.set(name, extent);
    return extent;
  };
  const ofSelection = (selection: SelectionNode): Extent => {
    assertDirectives(selection, limits);
    switch (selection.kind) {
      case Kind.FIELD: {
        const below = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING;
        return {
          ...below,
          direct: 1,
          aliases: below.aliases + (selection.alias ? 1 : 0),
          depth: below.depth + 1,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return ofSet(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        spread.add(selection.name.value);
        return ofFragment(selection.name.value);
    }
  };
  const ofSet = (set: SelectionSetNode): Extent => {
    let { direct, selections, aliases, defers, depth, levels } = NOTHING;
    for (const selection of set.selections) {
      const extent = ofSelection(selection);
      direct += extent.direct;
      selections += extent.selections + 1;
      aliases += extent.aliases;
      defers += extent.defers + (selection.directives?.some(isDefer) ? 1 : 0);
      depth = Math.max(depth, extent.depth);
      levels = Math.max(levels, extent.levels);
    }
    return { direct, selections, aliases, defers, depth, levels: levels + 1 };
  };
  const ofDefinition = (definition: Executable): Extent => {
    assertDirectives(definition, limits);
    return ofSet(definition.selectionSet);
  };
  return {
    extentOf: (definition: Executable): Extent =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? ofFragment(definition.name.value)
        : ofDefinition(definition),
    isSpread: (definition: Executable): boolean =>
      definition.kind === Kind.FRAGMENT_DEFINITION && spread.has(definition.name.value),
  };
}

const NOTHING: Extent = { direct: 0, selections: 0, aliases: 0, defers: 0, depth: 0, levels: 0 };

function assertDirectives(node: Executable | SelectionNode, { directives }: ShapeLimits): void {
  assertMost(node.directives?.length ?? 0, directives, 'directives in one place');
}

/** The number of pairs of fields under one response key, in these sets and below, merged as in an answer. */
function countPairs(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const groups = new Map<string, { fields: number; readonly below: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const group = groups.get(key) ?? { fields: 0, below: [] };
        groups.set(key, group);
        group.fields += 1;
        if (selection.selectionSet) group.below.push(selection.selectionSet);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment) collect(fragment.selectionSet);
    }
  };
  sets.forEach(collect);
  let pairs = 0;
  for (const { fields, below } of groups.values()) {
    pairs += (fields * (fields - 1)) / 2;
    if (below.length > 0) pairs += countPairs(below, fragments);
  }
  return pairs;
}
