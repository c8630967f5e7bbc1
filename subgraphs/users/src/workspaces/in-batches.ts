import { setImmediate } from 'node:timers/promises';

interface Batch<Value> {
  readonly keys: Set<string>;
  readonly found: Promise<ReadonlyMap<string, readonly Value[]>>;
}

/**
 * Turns a search for many keys into one for a single key: keys asked for within one turn of the event loop are searched
 * for together. Nothing is kept, so that a later turn sees what a mutation changed.
 */
export function inBatches<Value>(
  search: (keys: readonly string[]) => Promise<readonly Value[]>,
  keyOf: (value: Value) => string,
): (key: string) => Promise<readonly Value[]> {
  let open: Batch<Value> | undefined;
  const run = async (keys: ReadonlySet<string>) => {
    await setImmediate();
    open = undefined;
    return Map.groupBy(await search([...keys]), keyOf);
  };
  return async (key) => {
    if (!open) {
      const keys = new Set<string>();
      open = { keys, found: run(keys) };
    }
    open.keys.add(key);
    return (await open.found).get(key) ?? [];
  };
}
