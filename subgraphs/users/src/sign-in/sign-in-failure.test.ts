import { createTestDatabase } from '@affluent/postgres/testing';
import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { admitAttempt, forgive } from './sign-in-failure.ts';

const orm = await connect(await createTestDatabase());
afterAll(() => orm.close(true));
const em = orm.em.fork();

const admitted = async (attempts: readonly { email: string; address: string }[]) => {
  const ids = await Promise.all(attempts.map((attempt) => admitAttempt(em, attempt)));
  return ids.filter((id) => id !== undefined);
};

test('ten attempts on one account are admitted, from however many addresses at once', async () => {
  const attempts = Array.from({ length: 25 }, (_, n) => ({
    email: n % 2 ? 'eve@example.org' : 'EVE@example.org',
    address: `198.51.100.${n}`,
  }));
  expect(await admitted(attempts)).toHaveLength(10);
});

test('a hundred attempts from one address are admitted, on however many accounts at once', async () => {
  const attempts = Array.from({ length: 120 }, (_, n) => ({
    email: `${n}@example.org`,
    address: '203.0.113.1',
  }));
  expect(await admitted(attempts)).toHaveLength(100);
});

test('attempts that succeed do not count', async () => {
  const attempt = { email: 'ada@example.org', address: '192.0.2.1' };
  for (let n = 0; n < 15; n++) {
    const id = await admitAttempt(em, attempt);
    expect(id).toBeDefined();
    await forgive(em, id!);
  }
});
