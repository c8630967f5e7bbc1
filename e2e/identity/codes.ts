import { expect, test } from 'vitest';

import { askGraph, bearer, CLI, getCode, type Product, redeem, refresh } from './product.ts';

const DEAD = {
  refresh: 'invalid_grant',
  graph: { status: 401, code: 'UNAUTHENTICATED' },
};

export function codeTests(product: () => Product): void {
  /** What the refresh token and the access token are still good for. */
  const liveliness = async (tokens: Readonly<Record<string, unknown>>) => ({
    refresh: (await refresh(product(), tokens.refresh_token)).body.error,
    graph: await askGraph(product(), bearer(tokens.access_token)),
  });

  test('a code that comes a second time ends what the first one got', async () => {
    const code = await getCode(product());
    const { status, body: tokens } = await redeem(product(), code);
    expect(status).toBe(200);
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(200);
    const replay = await redeem(product(), code);
    expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant']);
    expect(await liveliness(tokens)).toMatchObject(DEAD);
  });

  test('of eight redemptions at once at most one succeeds, and what it got is worth nothing', async () => {
    const code = await getCode(product());
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(product(), code)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7);
    for (const { body } of winners) expect(await liveliness(body)).toMatchObject(DEAD);
  });

  test('a code belongs to its client, its address and its verifier', async () => {
    const attempts = [
      { client_id: CLI.clientId },
      { redirect_uri: 'https://app.example.org/other' },
      { code_verifier: 'another-verifier-that-is-as-long-as-it-has-to-be' },
      { code_verifier: '' },
    ];
    for (const changes of attempts) {
      const { status, body } = await redeem(product(), await getCode(product()), changes);
      expect([status, body.error, body.access_token]).toEqual([400, expect.any(String), undefined]);
    }
  });
}
