import { createTestDatabase } from '@affluent/postgres/testing';
import { afterAll, expect, test, vi } from 'vitest';

import { connect } from '../database.ts';
import { networkOf } from './network-of.ts';
import { admitAttempt, forgive, MAX_PER_ACCOUNT, MAX_PER_ADDRESS } from './sign-in-failure.ts';

const orm = await connect(await createTestDatabase());
afterAll(() => orm.close(true));
const em = orm.em.fork();

type Attempt = Parameters<typeof admitAttempt>[1];

const waitOf = async (attempt: Attempt): Promise<number> => {
  const outcome = await admitAttempt(em, attempt);
  return 'waitSeconds' in outcome ? outcome.waitSeconds : 0;
};

const admitted = async (attempts: readonly Attempt[]): Promise<number> =>
  (await Promise.all(attempts.map(waitOf))).filter((wait) => wait === 0).length;

test('after five failures each further one doubles the wait, up to 15 minutes', async () => {
  const attempt = { email: 'eve@example.org', address: '198.51.100.1' };
  const upper = { ...attempt, email: 'EVE@example.org' };
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  try {
    const burst = Array.from({ length: 25 }, (_, n) => (n % 2 ? attempt : upper));
    expect(await admitted(burst)).toBe(5);
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      const wait = await waitOf(attempt);
      waits.push(wait);
      vi.setSystemTime(Date.now() + wait * 1000);
      expect(await waitOf(attempt)).toBe(0);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900]);
    // Others are not concerned: another account here, the same account elsewhere.
    expect(await waitOf({ ...attempt, email: 'ada@example.org' })).toBe(0);
    expect(await waitOf({ ...attempt, address: '198.51.100.2' })).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('many addresses together get a hundred attempts on an account; a known device is not concerned', async () => {
  const email = 'victim@example.org';
  const attempts = Array.from({ length: MAX_PER_ACCOUNT + 20 }, (_, n) => ({
    email,
    address: `198.18.${n}.1`,
  }));
  expect(await admitted(attempts)).toBe(MAX_PER_ACCOUNT);
  const owner = { email, address: '198.18.1.1' };
  expect(await waitOf(owner)).toBe(900);
  expect(await waitOf({ ...owner, device: 'hers' })).toBe(0);
});

test('a known device that guesses has to wait as well', async () => {
  const attempt = { email: 'lost@example.org', address: '192.0.2.7', device: 'stolen' };
  expect(await admitted(Array.from({ length: 8 }, () => attempt))).toBe(5);
});

test('an address that failed a thousand times waits for all accounts but those it knows', async () => {
  const address = '203.0.113.1';
  await em.execute(
    `INSERT INTO sign_in_failures (id, account, address, at)
     SELECT gen_random_uuid(), n::text, ?, now() FROM generate_series(1, ?) AS n`,
    [address, MAX_PER_ADDRESS - 1],
  );
  const attempts = Array.from({ length: 5 }, (_, n) => ({ email: `${n}@example.org`, address }));
  expect(await admitted(attempts)).toBe(1);
  expect(await waitOf({ email: 'bob@example.org', address, device: 'his' })).toBe(0);
  expect(await waitOf({ email: 'bob@example.org', address: '203.0.113.2' })).toBe(0);
});

test('attempts that succeed do not count', async () => {
  const attempt = { email: 'grace@example.org', address: '192.0.2.1' };
  for (let n = 0; n < 15; n++) {
    const outcome = await admitAttempt(em, attempt);
    expect(outcome).toMatchObject({ accountFailures: 1 });
    if ('id' in outcome) await forgive(em, outcome);
  }
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
