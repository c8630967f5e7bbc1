import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { Kind, type SelectionNode } from 'graphql';

import { renamedKeysOf, selectionsOfFetch } from './parse-fetch.ts';

type Path = readonly (string | number)[];

/**
 * The paths of the answer for which a plan fetches a value, under any condition and for any type: response keys joined by dots,
 * without indexes of lists.
 */
export function plannedFieldsOf(
  plan: PlanNode | SubscriptionNode | undefined,
): ReadonlySet<string> {
  const places = new Set<string>();
  const walk = (node: PlanNode | SubscriptionNode | undefined, path: Path): void => {
    switch (node?.kind) {
      case 'Sequence':
      case 'Parallel':
        for (const each of node.nodes) walk(each, path);
        return;
      case 'Condition':
        walk(node.ifClause, path);
        walk(node.elseClause, path);
        return;
      case 'Subscription':
        walk(node.primary, path);
        walk(node.rest, path);
        return;
      case 'Flatten':
        walk(node.node, [...path, ...node.path.filter((key) => key !== '@')]);
        return;
      case 'Fetch':
        addFetch(node, path, places);
        return;
      case 'Defer':
        walk(node.primary.node, path);
        for (const { node: part } of node.deferred) walk(part, []);
        return;
      case undefined:
        return;
    }
  };
  walk(plan, []);
  return places;
}

function addFetch(fetch: FetchNode, path: Path, places: Set<string>): void {
  const renamed = renamedKeysOf(fetch);
  const add = (selections: readonly SelectionNode[], at: Path): void => {
    for (const selection of selections) {
      let place = at;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        place = [...at, renamed.get(key) ?? key];
        places.add(place.join('.'));
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet)
        add(selection.selectionSet.selections, place);
    }
  };
  add(selectionsOfFetch(fetch), path);
}
