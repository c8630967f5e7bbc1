import { sharedSandbox } from '@affluent/sandbox/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../chromium.ts';
import { withUsersDatabase } from '../users-database.ts';
import { storedInBrowser } from './stored-in-browser.ts';

const grace = {
  name: 'Grace',
  email: 'grace.account@affluent.example',
  password: 'nanoseconds-of-wire',
};
const ada = { name: 'Ada', email: 'ada.account@affluent.example', password: 'notes-on-the-engine' };

const sandbox = sharedSandbox();
let browser: Browser;
let gracePage: Page;
let adaPage: Page;
const problems: string[] = [];
/** Every secret that a page has shown: none may be found in a browser's storages. */
const secrets: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  [gracePage, adaPage] = await Promise.all([newBrowser(), newBrowser()]);
});
afterAll(async () => {
  await browser?.close();
});

/** A page in a browser of its own: nothing is shared with the others. */
async function newBrowser(): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return page;
}

async function signUp(page: Page, { name, email, password }: typeof grace): Promise<void> {
  await page.getByRole('link', { name: 'Create account' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

async function signIn(page: Page, { email, password }: typeof grace): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const dialogOf = (page: Page) => page.getByRole('dialog');

/** A value that a dialog shows once, under this name. */
async function shownOnce(page: Page, name: string): Promise<string> {
  const value = (await dialogOf(page).getByLabel(name, { exact: true }).innerText()).trim();
  secrets.push(value);
  return value;
}

interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Queries the graph as a program would: with a bearer token and without the browser's cookie. */
async function ask(token: string, query: string): Promise<Answer> {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const codesOf = ({ errors = [] }: Answer): readonly string[] =>
  errors.map(({ extensions }) => extensions.code);

test('an access token is shown once, lets a program do what its scopes say, and ends when it is revoked', async () => {
  const page = gracePage;
  await page.goto('/account/developer');
  await signUp(page, grace);
  await page.waitForURL('**/account/developer');
  await page.getByRole('button', { name: 'New access token' }).click();
  await dialogOf(page).getByRole('textbox', { name: 'Name' }).fill('Nightly report');
  await dialogOf(page).getByLabel('see your name and e-mail address').check();
  await dialogOf(page).getByRole('button', { name: 'Create token' }).click();
  const token = await shownOnce(page, 'Access token');
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();

  expect(await ask(token, '{ viewer { displayName } }')).toMatchObject({
    data: { viewer: { displayName: grace.name } },
  });
  const mutation = 'mutation { createWorkspace(input: { name: "Mine" }) { workspace { id } } }';
  expect(codesOf(await ask(token, mutation))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);

  await page.reload();
  await page.getByText(/last used/).waitFor();
  expect(await page.content()).not.toContain(token);
  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await dialogOf(page).getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('You have no access tokens.').waitFor();
  expect(codesOf(await ask(token, '{ viewer { displayName } }'))).toEqual(['UNAUTHENTICATED']);
});

test('long after the sign-in, a new token asks to sign in again, and leads back to where it was asked for', async () => {
  await withUsersDatabase(sandbox.dataDir, ({ database }) =>
    database.query(
      `UPDATE sessions SET created_at = created_at - interval '16 minutes'
       WHERE user_id = (SELECT id FROM users WHERE email = $1)`,
      [grace.email],
    ),
  );
  const page = gracePage;
  const create = async (): Promise<void> => {
    await page.getByRole('button', { name: 'New access token' }).click();
    await dialogOf(page).getByRole('textbox', { name: 'Name' }).fill('Weekly report');
    await dialogOf(page).getByLabel('see your name and e-mail address').check();
    await dialogOf(page).getByRole('button', { name: 'Create token' }).click();
  };
  await create();
  await dialogOf(page).getByRole('link', { name: 'Sign in again' }).click();
  await page.getByLabel('E-mail').fill(grace.email);
  await page.getByLabel('Password').fill(grace.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/account/developer');
  await create();
  expect(await shownOnce(page, 'Access token')).toMatch(/^aff_pat_/);
  await dialogOf(page).getByRole('button', { name: 'Done' }).click();
});

test('a registered client gets tokens with the secret that was shown, until it is deleted', async () => {
  const page = gracePage;
  await page.getByRole('button', { name: 'Register a client' }).click();
  const dialog = dialogOf(page);
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('River watch');
  await dialog.getByLabel('Redirect URIs', { exact: true }).fill('https://watch.example/callback');
  await dialog.getByLabel('Acts on its own').check();
  await dialog.getByLabel('read your datasets').check();
  await dialog.getByRole('button', { name: 'Register' }).click();
  const clientId = (await dialog.getByLabel('Client ID', { exact: true }).innerText()).trim();
  const secret = await shownOnce(page, 'Client secret');
  await dialog.getByRole('button', { name: 'Done' }).click();

  const requestToken = async (): Promise<number> => {
    const response = await fetch(`${sandbox.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${encodeURIComponent(secret)}`)}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'datasets:read',
        resource: `${sandbox.origin}/graphql`,
      }),
    });
    return response.status;
  };
  expect(await requestToken()).toBe(200);
  await page.getByRole('button', { name: 'Delete River watch' }).click();
  await dialogOf(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('You have no registered clients.').waitFor();
  expect(await requestToken()).toBe(401);
});

test('an invited person opens the link, creates an account, and joins with the role of the invitation', async () => {
  await gracePage.getByRole('button', { name: /^Workspace:/ }).click();
  await gracePage.getByRole('menuitem', { name: 'Settings of this workspace' }).click();
  await gracePage.getByRole('button', { name: 'Invite', exact: true }).click();
  await dialogOf(gracePage).getByLabel('Email address').fill(ada.email);
  await dialogOf(gracePage).getByRole('button', { name: 'Invite' }).click();
  const link = await shownOnce(gracePage, 'Invitation link');
  await dialogOf(gracePage).getByRole('button', { name: 'Done' }).click();
  await gracePage.getByRole('button', { name: `Revoke the invitation for ${ada.email}` }).waitFor();

  await adaPage.goto(link);
  await adaPage.getByText('You were invited to a workspace.').waitFor();
  await signUp(adaPage, ada);
  await adaPage.getByText('Your role: Viewer').waitFor();
  await adaPage.getByRole('button', { name: 'Accept the invitation' }).click();
  await adaPage.waitForURL('**/datasets');
  await adaPage.getByRole('button', { name: "Workspace: Grace's workspace" }).waitFor();

  await adaPage.goto(link);
  await adaPage.getByText('This invitation is not valid').waitFor();
  expect(await adaPage.getByRole('button', { name: 'Accept the invitation' }).count()).toBe(0);
});

test('a new role and a removal reach the open page of the member without reloading', async () => {
  await adaPage.goto('/datasets');
  await adaPage.getByRole('button', { name: /^Workspace:/ }).click();
  await adaPage.getByRole('menuitem', { name: 'Settings of this workspace' }).click();
  const members = adaPage.getByRole('list', { name: 'Members' });
  await members.getByText('Viewer').waitFor();
  expect(await adaPage.getByRole('region', { name: 'Audit log' }).count()).toBe(0);

  await gracePage.reload();
  await gracePage.getByLabel('Role of Ada').selectOption('Owner');
  await adaPage.getByRole('region', { name: 'Audit log' }).getByText('Role changed').waitFor();
  await gracePage.getByRole('button', { name: 'Remove Ada' }).click();
  await dialogOf(gracePage).getByRole('button', { name: 'Remove' }).click();
  await adaPage.waitForURL('**/datasets');
  await adaPage.getByText("You no longer have access to Grace's workspace.").waitFor();
  await adaPage.getByRole('button', { name: "Workspace: Ada's workspace" }).waitFor();
});

test('the owner sees in the audit log what happened, and cannot leave the workspace without an owner', async () => {
  await gracePage.reload();
  const log = gracePage.getByRole('region', { name: 'Audit log' }).first();
  for (const event of ['Member invited', 'Invitation accepted', 'Role changed', 'Member removed']) {
    await log.getByRole('cell', { name: event, exact: true }).first().waitFor();
  }
  const changed = log.getByRole('row').filter({ hasText: 'Role changed' });
  expect(await changed.innerText()).toMatch(/ada\.account@affluent\.example.*Grace/s);

  await gracePage.getByRole('button', { name: 'Leave', exact: true }).click();
  await dialogOf(gracePage).getByRole('button', { name: 'Leave workspace' }).click();
  await gracePage.getByText('A workspace needs an owner.').waitFor();
});

test('no token is left where scripts of the pages could find it', async () => {
  for (const page of [gracePage, adaPage]) {
    const stored = await storedInBrowser(page);
    expect(stored).not.toMatch(/eyJ|aff_pat_|session/i);
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
  }
});

test('signing out everywhere ends all sessions: this page says so, others go to sign in and come back', async () => {
  const elsewhere = await newBrowser();
  await elsewhere.goto('/account/activity');
  await signIn(elsewhere, ada);
  await elsewhere.getByRole('cell', { name: 'Signed in', exact: true }).first().waitFor();

  await adaPage.goto('/account/security');
  const sessions = adaPage.getByRole('list', { name: 'Sessions' });
  await expect.poll(() => sessions.getByText('Chrome on Linux').count()).toBe(2);
  expect(await sessions.getByText('This session').count()).toBe(1);
  await adaPage.getByRole('button', { name: 'Sign out everywhere' }).click();
  await dialogOf(adaPage).getByRole('button', { name: 'Sign out everywhere' }).click();
  await adaPage.getByText('You are signed out everywhere.').waitFor();

  await elsewhere.getByText('Your session has ended.').waitFor();
  await signIn(elsewhere, ada);
  await elsewhere.waitForURL('**/account/activity');
  await elsewhere.getByRole('cell', { name: 'Session ended', exact: true }).first().waitFor();
  expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
});
