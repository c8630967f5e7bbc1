import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/**
 * A supergraph for the planner, without the keys that a subgraph cannot resolve (`resolvable: false`) where it resolves others.
 * For a field that `@requires` others, @apollo/query-planner 2.14 uses the subgraph's first key, resolvable or not, and the
 * subgraph finds nothing.
 */
export function withResolvableKeysOnly(supergraph: DocumentNode): DocumentNode {
  const withoutOthers = <T extends { readonly directives?: readonly ConstDirectiveNode[] }>(
    type: T,
  ): T | undefined => {
    const { directives = [] } = type;
    const found = new Set(directives.filter(isResolvableKey).map(graphOf));
    const kept = directives.filter(
      (directive) => !isUnresolvableKey(directive) || !found.has(graphOf(directive)),
    );
    return kept.length < directives.length ? { ...type, directives: kept } : undefined;
  };
  return visit(supergraph, {
    ObjectTypeDefinition: withoutOthers,
    InterfaceTypeDefinition: withoutOthers,
  });
}

const argument = ({ arguments: given = [] }: ConstDirectiveNode, name: string) =>
  given.find((each) => each.name.value === name)?.value;

const isKey = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'join__type' && argument(directive, 'key') !== undefined;

const isUnresolvableKey = (directive: ConstDirectiveNode): boolean => {
  const resolvable = argument(directive, 'resolvable');
  return isKey(directive) && resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
};

const isResolvableKey = (directive: ConstDirectiveNode): boolean =>
  isKey(directive) && !isUnresolvableKey(directive);

const graphOf = (directive: ConstDirectiveNode): string | undefined => {
  const graph = argument(directive, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
};
