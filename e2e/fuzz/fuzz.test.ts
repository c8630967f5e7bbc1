import { processTree, type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createAttempts } from './raw-requests.ts';
import { sendRaw } from './send-raw.ts';

/** `npm run soak -- e2e/fuzz` sends 100,000 to each port. */
const REQUESTS = process.env.SOAK ? 100_000 : 2_000;
const CONCURRENCY = 32;
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_127);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ env: { LOG_LEVEL: 'info' } });
});
afterAll(async () => sandbox?.[Symbol.asyncDispose]());

const services = (): readonly number[] =>
  processTree(sandbox.pid)
    .filter(({ name }) => name !== 'postgres')
    .map(({ pid }) => pid);

const portOf = (url: string): number => Number(new URL(url).port);

interface Finding {
  readonly attempt: Buffer;
  readonly received: string;
}

/** What no answer to a stranger may show: a failure of ours, or where the code stands. */
const SHAMEFUL = /^HTTP\/1\.1 5(?!01)\d\d|Internal error|node_modules|\.[jt]s:\d+/;

async function attack(port: number): Promise<readonly Finding[]> {
  const next = createAttempts(SEED);
  const findings: Finding[] = [];
  let left = REQUESTS;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left--;
      const attempt = next();
      const received = await sendRaw(port, attempt);
      if (SHAMEFUL.test(received)) findings.push({ attempt, received });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return findings;
}

const shown = ({ attempt, received }: Finding): string =>
  `${attempt.toString('latin1').slice(0, 300)}\n→ ${received.slice(0, 300)}`;

test.each(['gateway', 'users', 'datasets', 'insights'] as const)(
  'nothing that strangers send to the %s port ends a process or gets a failure of ours',
  { timeout: 3_600_000 },
  async (name) => {
    const ports = {
      gateway: portOf(sandbox.origin),
      users: portOf(sandbox.usersUrl),
      datasets: portOf(sandbox.datasetsUrl),
      insights: portOf(sandbox.insightsUrl),
    };
    const before = services();
    const findings = await attack(ports[name]);
    expect(findings.map(shown)).toEqual([]);
    expect(services()).toEqual(before);
    expect((await fetch(`${sandbox.origin}/readyz`)).status).toBe(200);
  },
);
