import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

/** Root fields that need no identity. This list is separate from the product's, so that a new one must be intended. */
const OPEN: ReadonlySet<string> = new Set(['Query.viewer']);
const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;

/** What the directives printed in the supergraph ask for, read without the code that enforces them. */
export interface PrintedRule {
  readonly isOpen: boolean;
  /** For each `@requiresScopes`: lists of scopes, of which one must be held whole. */
  readonly scopes: readonly (readonly (readonly string[])[])[];
}

export interface GraphField {
  readonly parent: string;
  readonly name: string;
  readonly node: FieldDefinitionNode;
  /** Whether it gives objects, of which something must be selected. */
  readonly givesObjects: boolean;
  /** The subgraphs that resolve it, by name. */
  readonly subgraphs: readonly string[];
  readonly rule: PrintedRule;
}

export interface Entity {
  readonly type: string;
  readonly subgraph: string;
  readonly rule: PrintedRule;
  /** Those that this subgraph resolves without being given arguments. */
  readonly fields: readonly GraphField[];
}

export interface PrintedGraph {
  /** Those of the public graph. */
  readonly rootFields: readonly GraphField[];
  /** Root fields for our own services, which the public graph does not have (`@inaccessible`). */
  readonly internalFields: readonly GraphField[];
  readonly entities: readonly Entity[];
  /** Root fields and entities on which no rule is printed, though one should be. */
  readonly unruled: readonly string[];
}

export const isAllowed = ({ scopes }: PrintedRule, held: readonly string[]): boolean =>
  scopes.every((lists) => lists.some((list) => list.every((scope) => held.includes(scope))));

export function readPrintedGraph(supergraph: DocumentNode): PrintedGraph {
  const objects = supergraph.definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  const directivesOf = new Map(
    supergraph.definitions.flatMap((node) =>
      'name' in node && node.name && 'directives' in node
        ? [[node.name.value, (node.directives ?? []) as readonly ConstDirectiveNode[]]]
        : [],
    ),
  );
  const composites = new Set(
    supergraph.definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION ||
      node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      node.kind === Kind.UNION_TYPE_DEFINITION
        ? [node.name.value]
        : [],
    ),
  );
  const unruled: string[] = [];

  const fieldOf = (type: ObjectTypeDefinitionNode, node: FieldDefinitionNode): GraphField => {
    const parent = type.name.value;
    const name = node.name.value;
    const joined = applications(node.directives, 'join__field').filter(({ external }) => !external);
    const all = applications(type.directives, 'join__type').map(({ graph }) => graph);
    const graphs = joined.length > 0 ? joined.map(({ graph }) => graph) : all;
    const directives = [
      ...(type.directives ?? []),
      ...(node.directives ?? []),
      ...(directivesOf.get(namedType(node.type)) ?? []),
    ];
    return {
      parent,
      name,
      node,
      givesObjects: composites.has(namedType(node.type)),
      subgraphs: graphs.map((graph) => String(graph).toLowerCase()),
      rule: ruleOf(directives, OPEN.has(`${parent}.${name}`)),
    };
  };

  const allRootFields = objects
    .filter(({ name }) => ROOTS.some((root) => root === name.value))
    .flatMap((type) => (type.fields ?? []).map((node) => fieldOf(type, node)));
  const isInternal = ({ node }: GraphField): boolean =>
    applications(node.directives, 'inaccessible').length > 0;
  for (const { parent, name, node, rule } of allRootFields) {
    const isRuled = rule.isOpen || (node.directives ?? []).some(isRule);
    if (!isRuled) unruled.push(`${parent}.${name}`);
  }
  const entities = objects.flatMap((type): Entity[] => {
    const joins = applications(type.directives, 'join__type').filter(({ key }) => key);
    const directives = type.directives ?? [];
    if (joins.length > 0 && !directives.some(isRule)) unruled.push(type.name.value);
    const fields = (type.fields ?? [])
      .filter((field) =>
        (field.arguments ?? []).every(
          ({ type: given, defaultValue }) => given.kind !== Kind.NON_NULL_TYPE || defaultValue,
        ),
      )
      .map((node) => fieldOf(type, node));
    return joins.map(({ graph }) => {
      const subgraph = String(graph).toLowerCase();
      return {
        type: type.name.value,
        subgraph,
        rule: ruleOf(directives, false),
        fields: fields.filter(({ subgraphs }) => subgraphs.includes(subgraph)),
      };
    });
  });
  const rootFields = allRootFields.filter((field) => !isInternal(field));
  return { rootFields, internalFields: allRootFields.filter(isInternal), entities, unruled };
}

export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

const isRule = ({ name }: ConstDirectiveNode): boolean =>
  name.value === 'authenticated' || name.value === 'requiresScopes';

const ruleOf = (directives: readonly ConstDirectiveNode[], isOpen: boolean): PrintedRule => ({
  isOpen,
  scopes: isOpen
    ? []
    : applications(directives, 'requiresScopes').map(({ scopes }) => scopes as string[][]),
});

/** The arguments of each application of a directive. */
const applications = (
  directives: readonly ConstDirectiveNode[] = [],
  name: string,
): readonly Readonly<Record<string, unknown>>[] =>
  directives
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(
        given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
      ),
    );
