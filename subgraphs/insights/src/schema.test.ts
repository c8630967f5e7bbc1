import { expect, test } from 'vitest';

import { buildInsightsSchema } from './schema.ts';

test('the schema is what schema.graphql says', async () => {
  const { sdl } = await buildInsightsSchema();
  await expect(sdl).toMatchFileSnapshot('../schema.graphql');
});
