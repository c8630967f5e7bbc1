import { sharedSandbox } from '@affluent/sandbox/testing';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../chromium.ts';

const account = {
  displayName: 'Hedy',
  email: 'hedy.passkeys@affluent.example',
  password: 'hop from band to band',
};

const sandbox = sharedSandbox();
let browser: Browser;
let context: BrowserContext;
let page: Page;
let devtools: CDPSession;
let authenticatorId: string;
/** Of the sign-in page that was opened last. */
let signInUrl: string;

beforeAll(async () => {
  browser = await launchChromium();
  context = await browser.newContext({ locale: 'en-GB', baseURL: sandbox.origin });
  page = await context.newPage();
  devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  ({ authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
  await page.goto('/session/sign-in?screen=sign-up');
  await page.getByLabel('Name').fill(account.displayName);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/oidc/'));
});
afterAll(async () => {
  await browser?.close();
});

const made = async () =>
  (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;

/** Opens the sign-in page in a browser that is signed in nowhere. */
async function startOver(): Promise<void> {
  await context.clearCookies();
  await page.goto('/session/sign-in');
  signInUrl = page.url();
}

const answerToPasskey = () =>
  page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/passkey'),
  );

const press = () => page.getByRole('button', { name: 'Sign in with a passkey' }).click();

/** Has the device sign, and keeps what it would have sent. */
async function takeAssertion(): Promise<string> {
  await startOver();
  const answer = answerToPasskey();
  await page.route(/\/passkey$/, (route) => route.fulfill({ status: 204 }));
  await press();
  const sent = (await answer).request();
  const body = new URLSearchParams(sent.postData() ?? '');
  await page.unroute(/\/passkey$/);
  return body.get('response') ?? '';
}

/** Sends an assertion from the sign-in page that is open. @returns the status and the page. */
async function present(response: string) {
  const url = `${signInUrl}/passkey`;
  const answer = await context.request.post(url, { form: { response }, maxRedirects: 0 });
  return { status: answer.status(), body: await answer.text() };
}

test('a passkey is made in the settings, named, and signs in without a password', async () => {
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Add passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Laptop');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Rename Laptop' }).click();
  await dialog.getByLabel('Name').fill('Old laptop');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: 'Remove Old laptop' }).waitFor();
  expect(await made()).toHaveLength(1);

  // The page offers passkeys in the e-mail field by itself, and this device takes the offer at once.
  const answer = answerToPasskey();
  await startOver();
  expect((await answer).status()).toBe(303);
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/oidc/'));
  await page.goto('/account/security');
  await page.getByText(/last used/).waitFor();

  // A page that stays open goes on offering: it asks for another challenge before the first one ends.
  const presence = (enabled: boolean) =>
    devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  await presence(false);
  await page.clock.install();
  const first = page.waitForResponse((response) => response.url().endsWith('/options'));
  await startOver();
  await first;
  // The device answers only while its user is present: from the second challenge on.
  await page.route(/\/options$/, async (route) => {
    await presence(true);
    await route.continue();
  });
  const late = answerToPasskey();
  await page.clock.fastForward('04:00');
  expect((await late).status()).toBe(303);
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/oidc/'));
  await page.clock.resume();
  await page.unroute(/\/options$/);

  // From here on a person has to press the button.
  await page.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = undefined');
  await startOver();
  const pressed = answerToPasskey();
  await press();
  expect((await pressed).status()).toBe(303);
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/oidc/'));
});

test('the same device makes no second passkey for the account', async () => {
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Add passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Again');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('This device already has a passkey for your account.').waitFor();
  expect(await made()).toHaveLength(1);
});

test('a device that does not verify its user cannot sign in, and the page says so', async () => {
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await startOver();
  await press();
  await page.getByText('The passkey was not used.').waitFor();
  expect(page.url()).toContain('/oidc/interaction/');
  await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
});

test('an assertion counts once, and only in the sign-in that asked for it', async () => {
  const stolen = await takeAssertion();
  await startOver();
  expect((await present(stolen)).status).toBe(401);

  const own = await takeAssertion();
  expect((await present(own)).status).toBe(303);
  await startOver();
  const { status, body } = await present(own);
  expect(status).toBe(401);
  expect(body).toContain('This passkey cannot sign in here.');
});

test('what another page had signed, what was changed, and what is none at all is refused', async () => {
  const changed = (json: string, change: object) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(json, 'base64url').toString()), ...change }),
    ).toString('base64url');
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  for (const change of [
    (json: string) => ({ clientDataJSON: changed(json, { origin: 'http://evil.example' }) }),
    (json: string) => ({ clientDataJSON: changed(json, { type: 'webauthn.create' }) }),
    () => ({ signature: encode('none') }),
    () => ({ userHandle: encode(crypto.randomUUID()) }),
  ]) {
    // Another challenge each time: one that came with a refused answer is used up.
    const right = JSON.parse(await takeAssertion()) as { response: Record<string, string> };
    const wrong = { ...right.response, ...change(right.response.clientDataJSON!) };
    const response = JSON.stringify({ ...right, response: wrong });
    expect((await present(response)).status).toBe(401);
  }
  for (const response of ['', 'null', '{}', '{"id":"x"}'])
    expect((await present(response)).status).toBe(400);
});

test('a copy of the passkey, whose counter does not grow, is refused and stands in the audit log', async () => {
  const [credential] = await made();
  await devtools.send('WebAuthn.removeCredential', {
    authenticatorId,
    credentialId: credential!.credentialId,
  });
  const copy = { ...credential!, signCount: 1 };
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
  await startOver();
  const answer = answerToPasskey();
  await press();
  expect((await answer).status()).toBe(401);
  await page.getByText('This passkey cannot sign in here.').waitFor();
  await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
  const original = { ...credential!, signCount: credential!.signCount + 10 };
  await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: original });
  await startOver();
  const again = answerToPasskey();
  await press();
  expect((await again).status()).toBe(303);
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/oidc/'));
  const log = await page.evaluate<string>(`fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { auditEvents { edges { node { kind subject } } } } }' }),
  }).then((response) => response.text())`);
  expect(log).toContain('it seems to be copied');
});

test('a removed passkey cannot sign in', async () => {
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Remove Old laptop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No passkeys yet').waitFor();
  await startOver();
  const answer = answerToPasskey();
  await press();
  expect((await answer).status()).toBe(401);
});
