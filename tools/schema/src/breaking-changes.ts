import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { type GraphQLNamedType, type GraphQLSchema, print } from 'graphql';

import { stricterAccess } from './stricter-access.ts';
import type { BreakingChange, Surface } from './surface.ts';

/**
 * What breaks between a released supergraph and the next: for clients (the API and its access rules), and for a gateway that
 * still runs the released supergraph while the subgraphs already run the next.
 */
export async function breakingChanges(
  released: Surface,
  next: Surface,
): Promise<readonly BreakingChange[]> {
  const ofApi = (await diff(released.api, next.api)).filter(isBreaking);
  const reported = new Set(ofApi.map(({ message }) => message));
  const ofSubgraphs: BreakingChange[] = [];
  for (const [name, schema] of released.subgraphs) {
    const counterpart = next.subgraphs.get(name);
    const changes = counterpart
      ? [
          ...(await diff(schema, counterpart)).filter(isBreaking).map(({ message }) => message),
          ...lostKeys(schema, counterpart),
        ]
      : ['It was removed'];
    for (const message of changes)
      if (!reported.has(message)) ofSubgraphs.push({ message: `Subgraph ${name}: ${message}` });
  }
  return [
    ...ofApi.map((change) => ({ message: change.message, concerns: concernOf(change) })),
    ...stricterAccess(released, next),
    ...ofSubgraphs,
  ];
}

const isBreaking = ({ criticality }: Change): boolean =>
  criticality.level === CriticalityLevel.Breaking;

/** Query plans fetch entities by their keys. */
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

/** These break operations that do not use the coordinate: they lack an argument or input field that has become required. */
const BECAME_REQUIRED: ReadonlySet<string> = new Set([
  ChangeType.FieldArgumentAdded,
  ChangeType.FieldArgumentTypeChanged,
  ChangeType.InputFieldAdded,
  ChangeType.InputFieldTypeChanged,
]);

const concernOf = ({ type, path = '' }: Change): string =>
  BECAME_REQUIRED.has(type) ? path.slice(0, path.lastIndexOf('.')) : path;
