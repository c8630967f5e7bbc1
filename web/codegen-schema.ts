import { type DirectiveNode, parse, print, visit } from 'graphql';

const PLUMBING = /^(join|link|authenticated|requiresScopes)(__|$)/;

interface Annotated {
  readonly directives?: readonly DirectiveNode[] | undefined;
}

const isHidden = ({ directives }: Annotated): boolean =>
  directives?.some(({ name }) => name.value === 'inaccessible') ?? false;

/** The API schema: the supergraph without the directives and types that only the gateway reads. */
export function apiSchemaOf(supergraphSdl: string): string {
  const definitions = parse(supergraphSdl, { noLocation: true });
  const visible = visit(definitions, {
    enter(node) {
      if (node.kind === 'SchemaDefinition') return { ...node, directives: [] };
      const name = 'name' in node && node.name?.kind === 'Name' ? node.name.value : '';
      if (PLUMBING.test(name)) return null;
      return 'directives' in node && isHidden(node) ? null : undefined;
    },
  });
  return print(visible);
}
