import { conflictingRequirements } from './conflicting-requirements.ts';
import type { FederationCase } from './federation-case.ts';
import { interfaceObjects, unresolvableInterfaceObjects } from './interface-objects.ts';
import { clientKeys, unresolvableKeys } from './keys.ts';

export type { ExpectedAnswer, FederationCase } from './federation-case.ts';
export { compose, schemaOf, type SmallSubgraph, supergraphOf } from './subgraph.ts';

/** By name. Each subgraph has a name that no other case uses. */
export const FEDERATION_CASES = {
  interfaceObjects,
  unresolvableInterfaceObjects,
  clientKeys,
  unresolvableKeys,
  conflictingRequirements,
} satisfies Readonly<Record<string, FederationCase>>;
