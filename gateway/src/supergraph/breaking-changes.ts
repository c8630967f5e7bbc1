import { Supergraph } from '@apollo/federation-internals';
import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLNamedType, type GraphQLSchema, print } from 'graphql';

import { withoutAccessRules } from '../graph/without-access-rules.ts';
import { stricterAccess } from './stricter-access.ts';

/** A change after which something that worked may not work any more. */
export interface BreakingChange {
  /** What changed. The same change has the same text again. */
  readonly message: string;
  /** An operation that uses this schema coordinate may break. Absent: only the gateway sees it. */
  readonly concerns?: string;
}

/** What a supergraph is to those who rely on it. */
export interface Surface {
  /** The graph as clients see it. */
  readonly api: GraphQLSchema;
  /** What the gateway that runs this supergraph relies on, by subgraph. */
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  readonly sdl: string;
}

/** @throws {Error} when it is no supergraph. */
export function surfaceOf(sdl: string): Surface {
  const supergraph = Supergraph.build(withoutAccessRules(sdl));
  const subgraphs = [...supergraph.subgraphs().values()];
  return {
    api: supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true }),
    subgraphs: new Map(subgraphs.map(({ name, schema }) => [name, schema.toGraphQLJSSchema()])),
    sdl,
  };
}

/**
 * What breaks between a released supergraph and the next: for clients (the API, and who may have what of it), and for the
 * gateway that still runs the released one while the subgraphs are new already.
 */
export async function breakingChanges(
  released: Surface,
  next: Surface,
): Promise<readonly BreakingChange[]> {
  const ofApi = (await diff(released.api, next.api)).filter(isBreaking);
  const told = new Set(ofApi.map(({ message }) => message));
  const ofSubgraphs: BreakingChange[] = [];
  for (const [name, schema] of released.subgraphs) {
    const counterpart = next.subgraphs.get(name);
    const changes = counterpart
      ? [
          ...(await diff(schema, counterpart)).filter(isBreaking).map(({ message }) => message),
          ...lostKeys(schema, counterpart),
        ]
      : ['It is gone'];
    for (const message of changes)
      if (!told.has(message)) ofSubgraphs.push({ message: `Subgraph ${name}: ${message}` });
  }
  return [
    ...ofApi.map((change) => ({ message: change.message, concerns: concernOf(change) })),
    ...stricterAccess(released, next),
    ...ofSubgraphs,
  ];
}

const isBreaking = ({ criticality }: Change): boolean =>
  criticality.level === CriticalityLevel.Breaking;

/** Plans find entities by their keys. */
function lostKeys(released: GraphQLSchema, next: GraphQLSchema): readonly string[] {
  return Object.values(released.getTypeMap()).flatMap((type) => {
    const kept = keysOf(next.getType(type.name));
    return [...keysOf(type)]
      .filter((key) => !kept.has(key))
      .map((key) => `'${type.name}' has no ${key} any more`);
  });
}

const keysOf = (type: GraphQLNamedType | undefined): ReadonlySet<string> =>
  new Set(
    type?.astNode?.directives?.flatMap((directive) =>
      directive.name.value === 'key' ? [print(directive)] : [],
    ),
  );

/** What an operation leaves out can break it too: an argument or input field that must be given now. */
const NEEDED_NOW: ReadonlySet<string> = new Set([
  ChangeType.FieldArgumentAdded,
  ChangeType.FieldArgumentTypeChanged,
  ChangeType.InputFieldAdded,
  ChangeType.InputFieldTypeChanged,
]);

const concernOf = ({ type, path = '' }: Change): string =>
  NEEDED_NOW.has(type) ? path.slice(0, path.lastIndexOf('.')) : path;
