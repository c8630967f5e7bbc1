import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { sharedSandbox } from '@affluent/sandbox/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../chromium.ts';

const files = fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url));
const account = {
  name: 'Grace',
  email: 'grace.walk@affluent.example',
  password: 'nanoseconds-of-wire',
};

const sandbox = sharedSandbox();
let browser: Browser;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  const context = await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin });
  page = await context.newPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
});

/** Imports a file through the import page, and opens its dataset. */
async function importFile(file: string): Promise<string> {
  await page.goto('/import');
  await page.locator('input[type=file]').setInputFiles(join(files, file));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('link', { name: /^Open / }).click();
  await page.waitForURL(/\/datasets\/[\da-f-]+$/);
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Appends a row from another program. @returns the number of rows afterwards. */
async function append(datasetId: string, point: object): Promise<number> {
  const program = join(import.meta.dirname, 'append-points.ts');
  const { email, password } = account;
  const args = [sandbox.origin, email, password, datasetId, JSON.stringify(point)];
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=source',
    program,
    ...args,
  ]);
  return Number(stdout);
}

const chartRows = async (): Promise<number> =>
  Number(await page.getByTestId('chart-summary').first().getAttribute('data-rows'));

test('a new person creates an account and is signed in, without a token in the browser', async () => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill(account.name);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/datasets');
  await page.getByText('No datasets yet').waitFor();
  const stored = await page.evaluate<string>(
    'JSON.stringify([localStorage, sessionStorage, document.cookie])',
  );
  expect(stored).not.toMatch(/eyJ|affluent_session/);
});

test.each([
  { file: 'stocks.csv', rows: 560 },
  { file: 'seattle-weather.csv', rows: 1461 },
  { file: 'co2-concentration.csv', rows: 741 },
  { file: 'movies.json', rows: 3201 },
])('$file becomes a dataset with a chart and a table', async ({ file, rows }) => {
  await importFile(file);
  await page.getByRole('heading', { level: 1, name: file.replace(/\.\w+$/, '') }).waitFor();
  await page
    .getByText(`${rows.toLocaleString('en')} rows`, { exact: false })
    .first()
    .waitFor();
  await page.getByRole('img', { name: /^Line chart/ }).waitFor();
  // The table and the chart are separate queries.
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(10);
  await expect.poll(chartRows).toBeGreaterThan(0);
});

test('an open chart moves when another program appends rows with a bearer token', async () => {
  const datasetId = await importFile('stocks.csv');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('img', { name: /^Line chart/ }).waitFor();
  const before = await chartRows();
  const drawn = await page.locator('canvas').first().screenshot();

  // Twice: a page that has just opened reads its series once more by itself and could see the first append that way.
  for (const [index, date] of ['2012-06-01', '2014-06-01'].entries()) {
    expect(await append(datasetId, { symbol: 'AAPL', date, price: 580.13 })).toBe(561 + index);
    await expect.poll(chartRows).toBe(before + 1 + index);
  }
  await page.getByText('562 rows').first().waitFor();
  const redrawn = async () => page.locator('canvas').first().screenshot();
  await expect.poll(async () => (await redrawn()).equals(drawn)).toBe(false);
});

test('a saved chart is there after a reload', async () => {
  await page.getByLabel('Title').fill('Prices by symbol');
  await page.getByRole('button', { name: 'Save chart' }).click();
  await page.getByRole('heading', { name: 'Prices by symbol' }).waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'Prices by symbol' }).getByRole('img').waitFor();
  await expect.poll(chartRows).toBe(562);
});

test('the explorer runs queries and federated subscriptions with the session', async () => {
  const datasetId = await importFile('stocks.csv');
  const explore = async (name: string, operation: string) => {
    await page.goto('/explorer');
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(operation);
    // Once the explorer has read the text, the tab has the operation's name.
    await page.getByRole('button', { name, exact: true }).waitFor();
    await page.keyboard.press('Control+Enter');
  };
  const answer = page.locator('.result-window');
  await explore('WhoAmI', 'query WhoAmI { viewer { displayName } }');
  await expect.poll(() => answer.innerText()).toContain('"Grace"');

  // The count comes from the datasets subgraph, the workspace's name from the users subgraph.
  const selection = 'count dataset { workspace { name } }';
  const appends = `subscription Appends { dataPointsAppended(datasetId: "${datasetId}") { ${selection} } }`;
  await explore('Appends', appends);
  await page.getByRole('button', { name: /stop/i }).waitFor();
  // The explorer does not show when the subscription has begun: appends until an event is there.
  const afterAppend = async () => {
    await append(datasetId, { symbol: 'AAPL', date: '2012-06-01', price: 580.13 });
    return answer.innerText();
  };
  await expect.poll(afterAppend, { timeout: 60_000 }).toMatch(/"Grace's\sworkspace"/);
});

test('another account cannot see the dataset, and signing out ends access to it', async () => {
  const path = `/datasets/${await importFile('co2-concentration.csv')}`;
  const stranger = await (
    await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin })
  ).newPage();
  await stranger.goto(path);
  await stranger.getByRole('link', { name: 'Create account' }).click();
  await stranger.getByLabel('Name').fill('Mallory');
  await stranger.getByLabel('E-mail').fill('mallory@affluent.example');
  await stranger.getByLabel('Password').fill('another-password');
  await stranger.getByRole('button', { name: 'Create account' }).click();
  await stranger.waitForURL(`**${path}`);
  await stranger.getByText('you do not have access to it').waitFor();

  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(path);
  await page.waitForURL(/\/sign-in/);
  expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
});
