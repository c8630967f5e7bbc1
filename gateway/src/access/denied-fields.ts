import {
  type AccessRule,
  type AccessRules,
  accessDenial,
  type Identity,
  meetsRule,
} from '@affluent/service';
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import { type Operation, typeBelow, typeInside } from '../ast/operation.ts';

interface Denial {
  readonly error: GraphQLError;
  readonly isAtRoot: boolean;
}

/** The fields of an operation that a caller may not have, and why. */
export type DeniedFields = ReadonlyMap<FieldNode, Denial>;

interface Access {
  readonly schema: GraphQLSchema;
  readonly rules: AccessRules;
}

/**
 * Finds the fields of an operation that the caller may not have. Each fragment is visited once; selections below a denied field
 * are skipped, since they are dropped with it.
 */
export function findDeniedFields(
  { schema, rules }: Access,
  { definition, rootType, fragments }: Operation,
  identity: Pick<Identity, 'scopes'> | undefined,
): DeniedFields {
  const denied = new Map<FieldNode, Denial>();
  const isAllowed = new Map<AccessRule, boolean>();
  const seen = new Set<string>();

  const visitField = (node: FieldNode, parent: GraphQLCompositeType): void => {
    const rule = rules.ofField(parent, node.name.value);
    const allowed = isAllowed.get(rule) ?? meetsRule(rule, identity);
    isAllowed.set(rule, allowed);
    if (!allowed) {
      const error = accessDenial(`${parent.name}.${node.name.value}`, rule, identity);
      denied.set(node, { error, isAtRoot: parent === rootType });
      return;
    }
    const type = typeBelow(parent, node);
    if (type && node.selectionSet) visit(node.selectionSet, type);
  };
  const visit = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) visitField(selection, parent);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet, typeInside(schema, selection.typeCondition, parent));
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment)
          visit(fragment.selectionSet, typeInside(schema, fragment.typeCondition, parent));
      }
    }
  };
  visit(definition.selectionSet, rootType);
  return denied;
}
