import { expect, test } from 'vitest';

import { buildUsersSchema } from './schema.ts';

test('the schema is what schema.graphql says', async () => {
  const { sdl } = await buildUsersSchema();
  await expect(sdl).toMatchFileSnapshot('../schema.graphql');
});
