import { ALL_SCOPES } from './people.ts';
import type { PrintedRule } from './printed-rules.ts';

type ScopeSet = readonly string[];

/** All 256 of them. */
export const EVERY_SCOPE_SET: readonly ScopeSet[] = ALL_SCOPES.reduce<readonly ScopeSet[]>(
  (sets, scope) => sets.flatMap((set) => [set, [...set, scope]]),
  [[]],
);

/**
 * The scopes with which a rule is tried over HTTP, one set for each class: none, exactly enough in each way that the rule
 * allows, a scope that the rule does not name, all that it does not name, all. `SOAK=1` tries each scope alone and all but
 * each scope too. In what way the rules decide for every set, `rules.test.ts` compares without a server.
 */
export function scopeSetsFor({ scopes: requirements }: PrintedRule): readonly ScopeSet[] {
  const named = new Set(requirements.flat(2));
  const others = ALL_SCOPES.filter((scope) => !named.has(scope));
  const enough = requirements.reduce<readonly ScopeSet[]>(
    (sets, lists) => sets.flatMap((set) => lists.map((list) => [...set, ...list])),
    [[]],
  );
  const longer = process.env.SOAK
    ? ALL_SCOPES.flatMap((scope) => [[scope], ALL_SCOPES.filter((other) => other !== scope)])
    : [];
  const sets = [[], ...enough, others.slice(0, 1), others, ALL_SCOPES, ...longer];
  return [...new Map(sets.map((set) => [normal(set).join(' '), normal(set)])).values()];
}

/** Without repeats, in the order of {@link ALL_SCOPES}. */
const normal = (set: ScopeSet): ScopeSet => ALL_SCOPES.filter((scope) => set.includes(scope));
