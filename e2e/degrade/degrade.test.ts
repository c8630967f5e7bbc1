import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { launchChromium } from '../chromium.ts';
import { ACCOUNT, openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  const env = { REQUEST_TIMEOUT_MILLISECONDS: '10000' };
  scene = await openScene('time,load\n2026-01-01T00:00:00Z,1\n2026-01-02T00:00:00Z,2\n', env);
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
});

const one = () => `{ dataset(id: "${scene.datasetId}") { name charts { title } } }`;
const list = () =>
  `{ datasets(workspaceId: "${scene.workspaceId}") { nodes { name charts { title } } } viewer { displayName } }`;
const WITH_CHARTS = { data: { dataset: { name: 'Signals', charts: [{ title: 'Load' }] } } };

/** Queries while insights does not answer, then again once the circuit breaker is open. */
async function askWithoutInsights() {
  const first = await scene.ask(one());
  const refused = await vi.waitUntil(
    async () => {
      const answer = await scene.ask(list());
      return answer.errors?.[0]?.extensions.code === 'UNAVAILABLE' && answer;
    },
    { timeout: 60_000 },
  );
  // Longer than the breaker is open, so that it tries the service again meanwhile.
  const later = [];
  for (const until = performance.now() + 4_000; performance.now() < until;)
    later.push(await scene.ask(list()));
  return { first, later: [refused, ...later] };
}

const MISSING = { serviceName: 'insights' };

/**
 * All but the charts, and errors that name them. UNAVAILABLE says that the gateway did not wait for insights,
 * DEADLINE_EXCEEDED that it waited for as long as one of several services may take.
 */
function expectAllButCharts(
  { first, later }: Awaited<ReturnType<typeof askWithoutInsights>>,
  codes = ['UNAVAILABLE'],
) {
  expect(first).toMatchObject({
    data: { dataset: { name: 'Signals', charts: null } },
    errors: [{ path: ['dataset', 'charts'], extensions: MISSING }],
  });
  for (const answer of later)
    expect(answer).toMatchObject({
      data: {
        datasets: { nodes: [{ name: 'Signals', charts: null }] },
        viewer: { displayName: 'Hedy' },
      },
      errors: [
        {
          path: ['datasets', 'nodes', 0, 'charts'],
          extensions: { ...MISSING, code: expect.toBeOneOf(codes) },
        },
      ],
    });
}

const whenItIsBack = () =>
  vi.waitUntil(
    async () => {
      const answer = await scene.ask(one());
      return !answer.errors && answer;
    },
    { timeout: 30_000 },
  );

test('a service that hangs costs only its own fields', async () => {
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);
  const pid = scene.pidOf('insights');
  process.kill(pid, 'SIGSTOP');
  try {
    expectAllButCharts(await askWithoutInsights());
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);
});

test('the web client shows the dataset without its charts, says so, and shows them when they are back', async () => {
  await using browser = await launchChromium();
  const page = await browser.newPage({ locale: 'en-GB', baseURL: scene.sandbox.origin });
  await page.goto(`/session/sign-in?return_to=/datasets/${scene.datasetId}`);
  await page.getByLabel('E-mail').fill(ACCOUNT.email);
  await page.getByLabel('Password').fill(ACCOUNT.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Load', exact: true }).waitFor();
  const pid = scene.pidOf('insights');
  process.kill(pid, 'SIGSTOP');
  try {
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Signals' }).waitFor();
    await page.getByText('Saved charts could not be loaded').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(2);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Load', exact: true }).waitFor();
  expect(await page.getByText('Saved charts could not be loaded').count()).toBe(0);
});

test('a service that is slow, because its database is, costs only its own fields', async () => {
  const database = await scene.database('insights');
  try {
    await database.query('BEGIN; LOCK TABLE charts IN ACCESS EXCLUSIVE MODE');
    // Its own statement timeout may be a moment earlier than the gateway's, and an answer closes the breaker.
    expectAllButCharts(await askWithoutInsights(), ['UNAVAILABLE', 'DEADLINE_EXCEEDED']);
  } finally {
    await database.end();
  }
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);
});

test('a service that is down costs only its own fields, and so does the other one', async () => {
  const launcher = scene.pidOf('launcher');
  // It would restart the services.
  process.kill(launcher, 'SIGSTOP');
  try {
    process.kill(scene.pidOf('insights'), 'SIGKILL');
    expectAllButCharts(await askWithoutInsights());
  } finally {
    process.kill(launcher, 'SIGCONT');
  }
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);

  const datasets = scene.pidOf('datasets');
  process.kill(datasets, 'SIGSTOP');
  try {
    const { data, errors } = await scene.ask(
      `{ chart(id: "${scene.chartId}") { title dataset { name } } }`,
    );
    expect(data).toEqual({ chart: { title: 'Load', dataset: null } });
    expect(errors).toMatchObject([
      { path: ['chart', 'dataset', 'name'], extensions: { serviceName: 'datasets' } },
    ]);
  } finally {
    process.kill(datasets, 'SIGCONT');
  }
  expect(await whenItIsBack()).toMatchObject(WITH_CHARTS);
});
