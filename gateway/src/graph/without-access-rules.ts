import { type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** The specifications that `access/` enforces. @apollo/gateway and the query planner refuse to load them. */
const ENFORCED_BY_US = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\/v0\.1$/;
const NAMES = /^(authenticated|requiresScopes)(__|$)/;

/**
 * The supergraph as @apollo/gateway and the query planner load it: without `@authenticated` and `@requiresScopes`, which
 * `access/` reads from the whole supergraph. Any other security feature stays, so that a supergraph with a rule that is not
 * enforced is refused.
 */
export function withoutAccessRules(supergraphSdl: string): string {
  const document: DocumentNode = visit(parse(supergraphSdl, { noLocation: true }), {
    Directive: (node) => (NAMES.test(node.name.value) || isLink(node) ? null : undefined),
    DirectiveDefinition: (node) => (NAMES.test(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (NAMES.test(node.name.value) ? null : undefined),
  });
  return print(document);
}

/** A renamed feature (`as:`) stays and is refused: its rules would stand under names that `access/` does not read. */
const isLink = ({ name, arguments: given = [] }: DirectiveNode): boolean =>
  name.value === 'link' &&
  given.some(({ value }) => value.kind === Kind.STRING && ENFORCED_BY_US.test(value.value)) &&
  given.every(({ name: argument }) => argument.value !== 'as');
