import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { sharedSandbox } from '@affluent/sandbox/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../chromium.ts';

const account = { email: 'florence@affluent.example', password: 'a-rose-of-causes' };
const start = [
  { day: '2024-01-01', visitors: 40 },
  { day: '2024-01-02', visitors: 55 },
  { day: '2024-01-03', visitors: 47.5 },
];

const sandbox = sharedSandbox();
let browser: Browser;
let context: BrowserContext;
let page: Page;
let client: Client;
let datasetId: string;
/** How many times the page has read a series. */
let seriesReads = 0;

beforeAll(async () => {
  browser = await launchChromium();
  client = await signUp({ origin: sandbox.origin, ...account, displayName: 'Florence' });
  datasetId = await createDataset();
  context = await browser.newContext({
    locale: 'en-GB',
    baseURL: sandbox.origin,
    viewport: { width: 1000, height: 700 },
  });
  page = await context.newPage();
  page.on('request', (request) => {
    if (request.postData()?.includes('"operationName":"Series"')) seriesReads += 1;
  });
  await page.goto(`/datasets/${datasetId}`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
});
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await browser?.close();
});

async function createDataset(): Promise<string> {
  const { viewer } = await client.query<{
    viewer: { memberships: readonly [{ workspace: { id: string } }] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const input = { workspaceId: viewer.memberships[0].workspace.id, name: 'Visitors' };
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    `mutation ($input: ImportDatasetInput!, $file: Upload!) {
      importDataset(input: $input, file: $file) { import { id dataset { id } } }
    }`,
    { input },
    { name: 'visitors.json', bytes: new TextEncoder().encode(JSON.stringify(start)) },
  );
  const { id, dataset } = importDataset.import;
  // Its last event says that it has ended.
  for await (const _ of client.subscribe(
    'subscription ($id: ID!) { importProgressed(importId: $id) { status } }',
    { id },
  ));
  return dataset.id;
}

const append = (day: string, visitors: number) =>
  client.query(
    'mutation ($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { cursor } }',
    { input: { datasetId, points: [{ day, visitors }] } },
  );

/** The chart as the API gives it: a text such as "Jan 4, 2024 60" for each point. */
async function pointsOfApi(): Promise<readonly string[]> {
  const { dataset } = await client.query<{
    dataset: { series: { points: readonly { x: string; yExact: string }[] } };
  }>(
    `query ($id: ID!, $input: SeriesInput!) {
      dataset(id: $id) { series(input: $input) { points { x yExact } } }
    }`,
    { id: datasetId, input: { x: 'day', y: 'visitors' } },
  );
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
  return dataset.series.points.map(
    ({ x, yExact }) => `${format.format(new Date(x))} ${Number(yExact)}`,
  );
}

/** The points that a person finds by moving the pointer over the chart. */
async function pointsUnderPointer(): Promise<readonly string[]> {
  const plot = page.locator('.u-over');
  await plot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await plot.boundingBox())!;
  const entries = page.getByRole('list', { name: 'Lines' }).getByRole('listitem');
  const found = new Set<string>();
  for (let step = 0; step < 30; step += 1) {
    await page.mouse.move(x + 2 + ((width - 4) * step) / 29, y + height / 2);
    await expect.poll(() => entries.count()).toBe(2);
    const [line = '', day = ''] = await entries.allInnerTexts();
    found.add(`${day.trim()} ${line.split('\n').at(-1)?.trim()}`);
  }
  await page.mouse.move(0, 0);
  return [...found];
}

const chartRows = async (): Promise<number> =>
  Number(await page.getByTestId('chart-summary').getAttribute('data-rows'));
const picture = () => page.locator('canvas').first().screenshot();
const isLive = () => page.getByText('Live', { exact: true }).waitFor();

test('an append is drawn after one read of the series', async () => {
  await isLive();
  await expect.poll(chartRows).toBe(3);
  // The page reads its row count, and nothing else, once the subscription has begun.
  expect(seriesReads).toBe(1);
  await append('2024-01-04', 60);
  await expect.poll(chartRows).toBe(4);
  expect(seriesReads).toBe(2);
});

test('what was appended while the browser was offline is drawn after it is back', async () => {
  const before = seriesReads;
  await context.setOffline(true);
  await page.getByText('Reconnecting…', { exact: true }).waitFor();
  await append('2024-01-05', 70);
  await append('2024-01-06', 20);
  await append('2024-01-07', 35.5);
  expect(await chartRows()).toBe(4);
  await context.setOffline(false);
  await isLive();
  await expect.poll(chartRows).toBe(7);
  expect(seriesReads - before).toBeLessThanOrEqual(2);

  const points = await pointsOfApi();
  expect(points).toHaveLength(7);
  expect(await pointsUnderPointer()).toEqual(points);
  const drawn = await picture();
  await page.reload();
  await isLive();
  await expect.poll(chartRows).toBe(7);
  await expect.poll(async () => (await picture()).equals(drawn)).toBe(true);
});

test('a connection that was lost while nothing came reads nothing, and misses nothing after', async () => {
  const before = seriesReads;
  await context.setOffline(true);
  await page.getByText('Reconnecting…', { exact: true }).waitFor();
  await context.setOffline(false);
  await isLive();
  await append('2024-01-08', 81);
  await expect.poll(chartRows).toBe(8);
  expect(seriesReads - before).toBe(1);
  expect(await pointsUnderPointer()).toEqual(await pointsOfApi());
});

test('a chart out of sight is read when it is scrolled into view again, once for all appends', async () => {
  await page.getByRole('region', { name: 'Append by API' }).scrollIntoViewIfNeeded();
  await expect
    .poll(async () => (await page.locator('.u-over').boundingBox())!.y)
    .toBeLessThan(-500);
  const before = seriesReads;
  for (const [day, rows] of ['2024-01-09', '2024-01-10', '2024-01-11'].entries()) {
    await append(rows, 50 + day);
  }
  await page.getByTestId('row-count').getByText('11 rows').waitFor();
  expect(seriesReads).toBe(before);
  await page.evaluate('window.scrollTo(0, 0)');
  await expect.poll(chartRows).toBe(11);
  expect(seriesReads - before).toBe(1);
  expect(await pointsUnderPointer()).toEqual(await pointsOfApi());
});
