import { afterAll, expect, test } from 'vitest';

import { openBrowser } from '../testing/browser.ts';
import { PNG, startLogoServer } from '../testing/logo-server.ts';
import { makePerson, PASSWORD } from '../testing/people.ts';
import { createProgram, register } from '../testing/program.ts';
import { startUsersServer } from '../testing/users-server.ts';
import { createLogoFetcher, type FetchLogo, rulesFor } from './logos/fetch-logo.ts';
import { isAllowedAddress } from './logos/public-addresses.ts';

const server = await startUsersServer();
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const logos = await startLogoServer({
  '/logo.png': PNG,
  '/new.gif': Buffer.from('GIF89a, more or less'),
  '/moved': { redirectTo: '/logo.png' },
  '/round': { redirectTo: '/round' },
  '/inside': { redirectTo: 'http://169.254.169.254/latest/meta-data' },
  '/private': { redirectTo: 'https://10.0.0.1/logo.png' },
  '/page.png': Buffer.from('<html></html>'),
  '/logo.svg': SVG,
  '/large.png': Buffer.concat([PNG, Buffer.alloc(256 * 1024)]),
});
afterAll(async () => {
  await logos[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});
const { origin } = server;
const dora = await makePerson(origin, 'dora');

const CLIENT = 'client { id logoUri logoPath }';
const UPDATE = `mutation ($input: UpdateOAuthClientInput!) { updateOAuthClient(input: $input) { ${CLIENT} } }`;
interface Updated {
  readonly updateOAuthClient: {
    readonly client: { readonly logoUri: string | null; readonly logoPath: string | null };
  };
}

test('a logo is copied when it is set, and shown from our origin only', async () => {
  const registration = await register(dora, { logoUri: `${logos.origin}/moved` });
  const visit = openBrowser();
  const signIn = await visit(createProgram(origin, registration).start());
  const consent = await visit(signIn.url, { email: dora.email, password: PASSWORD });
  const path = /<img src="(\/oidc\/logos\/[\w-]{43})"/.exec(consent.body)?.[1];
  expect(consent.body).not.toContain(logos.origin);

  const copy = await fetch(`${origin}${path}`);
  expect(Buffer.from(await copy.arrayBuffer())).toEqual(PNG);
  expect(Object.fromEntries(copy.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const { id } = registration.client;
  const update = async (input: object) =>
    (await dora.client.query<Updated>(UPDATE, { input: { id, ...input } })).updateOAuthClient
      .client;
  const before = logos.asked.length;
  expect(await update({ name: 'Renamed' })).toMatchObject({ logoPath: path });
  expect(logos.asked).toHaveLength(before);
  const renewed = await update({ logoUri: `${logos.origin}/new.gif` });
  expect(renewed.logoPath).not.toBe(path);
  expect((await fetch(`${origin}${renewed.logoPath}`)).headers.get('content-type')).toBe(
    'image/gif',
  );
  expect((await fetch(`${origin}${path}`)).status).toBe(404);
  expect(await update({ logoUri: null })).toMatchObject({ logoUri: null, logoPath: null });
});

test.each([
  ['/missing.png', /status 404/],
  ['/page.png', /PNG, JPEG, WebP or GIF/],
  ['/logo.svg', /PNG, JPEG, WebP or GIF/],
  ['/large.png', /256 KB/],
  ['/round', /status 302/],
  ['/inside', /public web server/],
  ['/private', /public web server/],
])('no client gets %s for a logo', async (path, message) => {
  await expect(register(dora, { logoUri: `${logos.origin}${path}` })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(message),
  });
});

const refusalOf = (fetchLogo: FetchLogo, address: string): Promise<string> =>
  fetchLogo(address).then(
    () => 'fetched',
    (error: Error) => error.message,
  );

test('in production a server of ours is asked for nothing, by whatever name', async () => {
  const fetchLogo = createLogoFetcher(rulesFor('https://affluent.example'));
  const before = logos.asked.length;
  const { port } = new URL(logos.origin);
  for (const [address, reason] of [
    [`${logos.origin}/logo.png`, /https address/],
    [`https://127.0.0.1:${port}/`, /https address/],
    [`https://2130706433:${port}/`, /https address/],
    [`https://[::ffff:127.0.0.1]:${port}/`, /https address/],
    [`https://localhost:${port}/`, /public web server/],
    ['ftp://example.org/logo.png', /https address/],
    ['https://user:word@example.org/', /https address/],
  ] as const)
    expect(await refusalOf(fetchLogo, address)).toMatch(reason);
  expect(logos.asked).toHaveLength(before);
});

test.each([
  ['93.184.215.14', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['fd00::1', false],
  ['fe80::1', false],
])('%s may be connected to: %s', (address, isAllowed) => {
  expect(isAllowedAddress(address, { allowsLoopback: false })).toBe(isAllowed);
});
