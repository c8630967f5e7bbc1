import { type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** Of the Apollo specifications that @apollo/gateway refuses to load, because it does not enforce them. */
const ENFORCED_BY_US = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\/v0\.1$/;
const NAMES = /^(authenticated|requiresScopes)(__|$)/;

/**
 * The supergraph for @apollo/gateway and the planner of subscriptions: without `@authenticated` and `@requiresScopes`,
 * which `access/` enforces by the whole supergraph. Any other security feature is left in, so that the gateway goes on
 * refusing to start with one that nobody enforces.
 */
export function withoutAccessRules(supergraphSdl: string): string {
  const document: DocumentNode = visit(parse(supergraphSdl, { noLocation: true }), {
    Directive: (node) => (NAMES.test(node.name.value) || isLink(node) ? null : undefined),
    DirectiveDefinition: (node) => (NAMES.test(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (NAMES.test(node.name.value) ? null : undefined),
  });
  return print(document);
}

/** A renamed feature (`as:`) would have rules under a name that we do not read: it is left in, and refused. */
const isLink = ({ name, arguments: given = [] }: DirectiveNode): boolean =>
  name.value === 'link' &&
  given.some(({ value }) => value.kind === Kind.STRING && ENFORCED_BY_US.test(value.value)) &&
  given.every(({ name: argument }) => argument.value !== 'as');
