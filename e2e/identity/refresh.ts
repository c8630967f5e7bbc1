import { expect, test } from 'vitest';

import { askGraph, bearer, getCode, type Product, redeem, refresh } from './product.ts';

export function refreshTests(product: () => Product): void {
  const start = async () => (await redeem(product(), await getCode(product()))).body;
  const statusOf = async (token: unknown) => (await askGraph(product(), bearer(token))).status;

  test('a refresh token that comes a second time ends its whole family', async () => {
    const first = await start();
    const { status, body: second } = await refresh(product(), first.refresh_token);
    expect(status).toBe(200);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await statusOf(second.access_token)).toBe(200);

    expect((await refresh(product(), first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(product(), second.refresh_token)).body.error).toBe('invalid_grant');
    expect(await statusOf(second.access_token)).toBe(401);
    expect(await statusOf(first.access_token)).toBe(401);
  });

  test('of eight refreshes at once at most one succeeds, and what it got is worth nothing', async () => {
    const { refresh_token } = await start();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refresh(product(), refresh_token)),
    );
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners.length).toBeLessThanOrEqual(1);
    for (const { body } of winners) {
      expect((await refresh(product(), body.refresh_token)).body.error).toBe('invalid_grant');
      expect(await statusOf(body.access_token)).toBe(401);
    }
  });

  test('a refresh token is worth nothing to another client', async () => {
    const { refresh_token } = await start();
    const { open } = product();
    const stolen = { ...product(), open: { ...open, clientId: 'affluent-cli' } };
    expect((await refresh(stolen, refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(product(), refresh_token)).status).toBe(200);
  });
}
