import { expect, test } from 'vitest';

import { buildDatasetsSchema } from './schema.ts';

test('the schema is what schema.graphql says', async () => {
  const { sdl } = await buildDatasetsSchema();
  await expect(sdl).toMatchFileSnapshot('../schema.graphql');
});
