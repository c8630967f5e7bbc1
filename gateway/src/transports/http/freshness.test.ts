import { expect, test } from 'vitest';

import { createFreshness } from './freshness.ts';

test.each([
  ['as long as its shortest part', ['max-age=300, public', 'max-age=60, private'], 60],
  ['not at all when a part must not be kept', ['max-age=300, public', 'no-store'], 0],
  ['not at all when a part does not say', ['max-age=300, public', undefined], 0],
  ['not at all when no subgraph was asked', [], 0],
])('an answer holds %s', (_case, parts, seconds) => {
  const freshness = createFreshness();
  for (const part of parts) freshness.restrict(part);
  expect(freshness.seconds()).toBe(seconds);
});
