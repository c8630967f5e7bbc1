import { runOperation } from '@affluent/subgraph/testing';
import { expect, test } from 'vitest';

import { startGateway } from '../testing/start-gateway.ts';

test('the gateway rejects tokens of our own services', async () => {
  await using gateway = await startGateway();
  const token = await gateway.tokenFor('affluent-datasets', 'service', { service: 'datasets' });
  const { status, errors } = await runOperation({
    url: gateway.url,
    token,
    query: '{ viewer { id } }',
  });
  expect(status).toBe(401);
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});
