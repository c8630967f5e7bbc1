import { type DocumentNode, type FieldNode, Kind, parse, visit } from 'graphql';

import type { Operation } from '../ast/operation.ts';
import { rootFields } from '../ast/root-fields.ts';

/** Names of the fields that a plan may select for its own use. */
export interface FieldsUsedByPlans {
  readonly all: ReadonlySet<string>;
  /** Those among them that it may select with arguments. */
  readonly withArguments: ReadonlySet<string>;
}

/**
 * These are `__typename` and the names in `@key`, `@requires` and `@fromContext` of a supergraph. Names inside the arguments of
 * such fields are included too, which does no harm.
 */
export function fieldsUsedByPlans(supergraphSdl: string): FieldsUsedByPlans {
  const all = new Set(['__typename']);
  const withArguments = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'join__type' && name.value !== 'join__field') return;
      for (const argument of given) {
        if (!['key', 'requires', 'contextArguments'].includes(argument.name.value)) continue;
        visit(argument.value, {
          StringValue({ value }) {
            for (const [, field = '', bracket] of value.matchAll(/(\w+)\s*(\()?/g)) {
              all.add(field);
              if (bracket) withArguments.add(field);
            }
          },
        });
      }
    },
  });
  return { all, withArguments };
}

/** The response keys with which an operation is planned and fetched. */
export interface PlanKeys {
  /** The operation with those keys. */
  readonly document: DocumentNode;
  /** The key under which fetched data holds a field of the client's operation. */
  readonly keyOf: (field: FieldNode) => string;
  /** Translates a path in fetched data to the client's operation. */
  readonly toClientPath: (path: readonly (string | number)[]) => readonly (string | number)[];
}

/**
 * The planner selects the fields that it needs itself under their own names, and does not notice when the client gave such a
 * name to something else. `{ product { id: name stock } }` would answer the key as `id`; `weight: name` would send the name to
 * a field that requires the weight, `price(currency: "EUR")` the wrong price to one that requires `price(currency: "USD")`.
 * So everything that has the name of such a field gets another key in the plan, unless it is that very field without
 * arguments. Root fields keep theirs: plans select nothing of their own beside them, and subscriptions find their cursor by it.
 */
export function planKeysOf(
  document: DocumentNode,
  { definition, fragments }: Operation,
  usedByPlans: FieldsUsedByPlans,
): PlanKeys {
  const atRoot = new Set(rootFields(definition.selectionSet, fragments));
  const responseKeys = new Set<string>();
  visit(document, { Field: (node) => void responseKeys.add(responseKeyOf(node)) });
  const taken = [...responseKeys, ...usedByPlans.all];
  let prefix = 'asked_';
  while (taken.some((key) => key.startsWith(prefix))) prefix += '_';

  const keyOf = (field: FieldNode): string => {
    const key = responseKeyOf(field);
    const isFieldOfPlans =
      field.name.value === key && !field.arguments?.length && !usedByPlans.withArguments.has(key);
    const cannotCollide = isFieldOfPlans || atRoot.has(field) || !usedByPlans.all.has(key);
    return cannotCollide ? key : prefix + key;
  };
  const withPlanKey = (field: FieldNode): FieldNode | undefined => {
    const value = keyOf(field);
    return value === responseKeyOf(field)
      ? undefined
      : { ...field, alias: { kind: Kind.NAME, value } };
  };
  return {
    document: visit(document, { Field: withPlanKey }),
    keyOf,
    toClientPath: (path) =>
      path.map((key) =>
        typeof key === 'string' && key.startsWith(prefix) ? key.slice(prefix.length) : key,
      ),
  };
}

const responseKeyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
