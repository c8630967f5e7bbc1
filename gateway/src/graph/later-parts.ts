import type { GraphQLError } from 'graphql';

import type { DeferredAnswer, LaterParts } from '../context.ts';
import type { AnswerShape, DeferredPlace } from './shape-answer.ts';

interface LaterPartsOptions {
  /** The deferred places of the first part. */
  readonly places: readonly DeferredPlace[];
  /** By label: resolves with the errors once a part has been fetched. Absent: it was fetched with the rest. */
  readonly fetched: ReadonlyMap<string, Promise<readonly GraphQLError[]>>;
  readonly shape: AnswerShape;
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
}

/** The deferred parts in the order in which they were fetched, nested ones after the part around them. */
export async function* laterParts(options: LaterPartsOptions): LaterParts {
  const { fetched, shape, clientLabels } = options;
  const open = new Map<string, DeferredPlace[]>();
  const add = (places: readonly DeferredPlace[]): void => {
    for (const place of places) {
      const same = open.get(place.label);
      if (same) same.push(place);
      else open.set(place.label, [place]);
    }
  };
  add(options.places);
  while (open.size > 0) {
    const [label, places, failures] = await Promise.race(
      Array.from(
        open,
        async ([label, places]) => [label, places, await fetched.get(label)] as const,
      ),
    );
    open.delete(label);
    const failuresOf = assign(failures ?? [], places);
    const clientLabel = clientLabels.get(label);
    const incremental = places.map((place): DeferredAnswer => {
      const { data, errors, deferred } = shape.applyLater(place);
      add(deferred);
      const reported = failuresOf.get(place) ?? errors;
      return {
        data,
        path: place.path,
        ...(clientLabel !== undefined && { label: clientLabel }),
        ...(reported.length > 0 && { errors: reported }),
      };
    });
    yield { incremental, hasNext: open.size > 0 };
  }
}

/** Assigns each error to the object at its path, or to the first. */
function assign(
  errors: readonly GraphQLError[],
  places: readonly DeferredPlace[],
): ReadonlyMap<DeferredPlace, readonly GraphQLError[]> {
  const assigned = new Map<DeferredPlace, GraphQLError[]>();
  for (const error of errors) {
    const place =
      places.find(({ path }) => path.every((key, depth) => error.path?.[depth] === key)) ??
      places[0];
    if (!place) continue;
    const same = assigned.get(place);
    if (same) same.push(error);
    else assigned.set(place, [error]);
  }
  return assigned;
}
