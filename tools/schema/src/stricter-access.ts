import { type AccessRule, meetsRule, readAccessRules } from '@affluent/service';
import { isCompositeType, isUnionType, parse } from 'graphql';

import type { BreakingChange, Surface } from './surface.ts';

/** Fields that some callers could read in the released graph and cannot read in the next one. */
export function stricterAccess(released: Surface, next: Surface): readonly BreakingChange[] {
  const before = readAccessRules(released.api, parse(released.sdl));
  const after = readAccessRules(next.api, parse(next.sdl));
  const changes: BreakingChange[] = [];
  for (const type of Object.values(released.api.getTypeMap())) {
    const counterpart = next.api.getType(type.name);
    if (!isCompositeType(type) || isUnionType(type) || type.name.startsWith('__')) continue;
    if (!isCompositeType(counterpart) || isUnionType(counterpart)) continue;
    for (const field of Object.keys(type.getFields())) {
      if (!counterpart.getFields()[field]) continue;
      const rule = after.ofField(counterpart, field);
      if (follows(rule, before.ofField(type, field))) continue;
      const concerns = `${type.name}.${field}`;
      changes.push({ message: `Field '${concerns}' requires ${describe(rule)}`, concerns });
    }
  }
  return changes;
}

/** Whether each identity that meets `given` also meets `rule`. */
const follows = (rule: AccessRule, given: AccessRule): boolean =>
  leastIdentities(given).every((identity) => meetsRule(rule, identity));

/** The identities with the fewest scopes that meet a rule. */
function leastIdentities(rule: AccessRule) {
  if (rule.length === 0) return [undefined];
  const combined = rule.reduce<readonly (readonly string[])[]>(
    (held, requirement) =>
      held.flatMap((scopes) => requirement.map((more) => [...scopes, ...more])),
    [[]],
  );
  return combined.map((scopes) => ({ scopes: new Set(scopes) }));
}

const describe = (rule: AccessRule): string => {
  const scopes = rule.filter((requirement) => requirement.some((held) => held.length > 0));
  if (scopes.length === 0) return 'sign-in';
  return scopes
    .map((requirement) => requirement.map((held) => `"${held.join(' ')}"`).join(' or '))
    .join(', and ');
};
