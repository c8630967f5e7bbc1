import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { sharedSandbox } from '@affluent/sandbox/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../chromium.ts';
import { startApp } from './app.ts';

const grace = {
  name: 'Grace',
  email: 'grace.apps@affluent.example',
  password: 'nanoseconds-of-wire',
};
const ada = { name: 'Ada', email: 'ada.apps@affluent.example', password: 'notes-on-the-engine' };

const sandbox = sharedSandbox();
let browser: Browser;
let app: Awaited<ReturnType<typeof startApp>>;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  app = await startApp(sandbox.origin);
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
});

/** A page of a new person, in a new browser, signed up on the way to an address. */
async function signUp({ name, email, password }: typeof grace, address: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(address);
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  return page;
}

/** Asks the graph who the caller is, as a program does. */
async function ask(token: string) {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { displayName } }' }),
  });
  return { status: response.status, body: (await response.json()) as object };
}

const refused = {
  status: 401,
  body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
};

test('an app is registered by one person, allowed by another, and shut out when they disconnect it', async () => {
  const developer = await signUp(grace, '/account/developer');
  await developer.getByRole('button', { name: 'Register a client' }).click();
  const dialog = developer.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('River watch');
  await dialog.getByRole('radio', { name: 'Public' }).check();
  await dialog.getByLabel('Redirect URIs', { exact: true }).fill('http://192.0.2.1/callback');
  await dialog.getByLabel('see your name and e-mail address').check();
  await dialog.getByLabel('read your datasets').check();
  await dialog.getByRole('button', { name: 'Register' }).click();
  await dialog.getByText('http://192.0.2.1/callback has to use https').waitFor();
  await dialog.getByLabel('Redirect URIs', { exact: true }).fill(app.redirectUri);
  await dialog.getByRole('button', { name: 'Register' }).click();
  await app.configure((await dialog.getByLabel('Client ID', { exact: true }).innerText()).trim());
  expect(await dialog.getByLabel('Client secret').count()).toBe(0);

  const page = await signUp(ada, app.address);
  await page.getByRole('heading', { name: 'Allow River watch?' }).waitFor();
  await page.getByText('see your name and e-mail address').waitFor();
  await page.getByText('read your datasets').waitFor();
  await page.getByText('A program on this computer will then continue.').waitFor();
  expect(await page.getByText('import and append data').count()).toBe(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'It failed: access_denied' }).waitFor();

  await page.goto(app.address);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading', { name: 'Connected' }).waitFor();
  const viewer = { status: 200, body: { data: { viewer: { displayName: 'Ada' } } } };
  expect(await ask(app.accessToken())).toEqual(viewer);
  await app.refresh();
  expect(await ask(app.accessToken())).toEqual(viewer);

  await page.goto('/account/connections');
  await page.getByRole('link', { name: 'Sign in' }).click();
  const connected = page.getByRole('list', { name: 'Connected apps' });
  await connected.getByText('River watch', { exact: true }).waitFor();
  await connected.getByText('read your datasets').waitFor();
  await connected.getByText(/last used/).waitFor();
  await page.getByRole('button', { name: 'Disconnect River watch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('No apps are connected.').waitFor();
  expect(await ask(app.accessToken())).toMatchObject(refused);
  await expect(app.refresh()).rejects.toMatchObject({ error: 'invalid_grant' });

  await page.goto(app.address);
  await page.getByRole('heading', { name: 'Allow River watch?' }).waitFor();
});

test('the command that comes with a new access token works as it stands, until the token is revoked', async () => {
  const page = await signUp({ ...ada, email: 'ada.two@affluent.example' }, '/account/developer');
  await page.getByRole('button', { name: 'New access token' }).click();
  const dialog = page.getByRole('dialog');
  const name = 'a'.repeat(80);
  await dialog.getByRole('textbox', { name: 'Name' }).pressSequentially(`${name}b`);
  await dialog.getByLabel('see your name and e-mail address').check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const token = (await dialog.getByLabel('Access token', { exact: true }).innerText()).trim();
  const command = await dialog.getByLabel('Try it', { exact: true }).innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const run = async (): Promise<unknown> => {
    const { stdout } = await promisify(execFile)('sh', ['-c', command]);
    return JSON.parse(stdout);
  };
  const viewer = { id: expect.any(String) };
  expect(await run()).toMatchObject({ data: { viewer } });
  expect(await ask(token)).toMatchObject({ status: 200 });

  await page.reload();
  await page.getByText(/last used/).waitFor();
  expect(await page.content()).not.toContain(token);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('You have no access tokens.').waitFor();
  expect(await run()).toMatchObject(refused.body);
  expect(await ask(token)).toMatchObject(refused);
  expect(problems).toEqual([]);
});
