import { createHash } from 'node:crypto';

import type { Client } from '@affluent/client';
import { createBrowser, signUp } from '@affluent/client/testing';
import { type SharedSandbox, sharedSandbox } from '@affluent/sandbox/testing';

/** What a form or JSON body of the protocol holds. */
export type Parameters = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RegisteredClient {
  readonly id: string;
  readonly clientId: string;
  /** The `Authorization` header by which it proves itself; empty for public clients and those with keys. */
  readonly authorization: string;
}

export const VERIFIER = 'a-verifier-that-is-as-long-as-RFC-7636-wants-it';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const CALLBACK = 'https://app.example.org/callback';
export const CLI = { clientId: 'affluent-cli' };

/** The product with a person, and with clients that they registered. */
export interface Product extends AsyncDisposable {
  readonly sandbox: SharedSandbox;
  readonly origin: string;
  readonly issuer: string;
  /** The resource that access tokens are for, and where it is asked. */
  readonly graph: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly person: Client;
  /** Of a program with a secret, and of one without: each may be sent back to {@link CALLBACK}. */
  readonly confidential: RegisteredClient;
  readonly open: RegisteredClient;
}

export const REGISTER = `mutation ($input: RegisterOAuthClientInput!) {
  registerOAuthClient(input: $input) { client { id clientId } clientSecret } }`;

interface Registered {
  readonly registerOAuthClient: {
    readonly client: { readonly id: string; readonly clientId: string };
    readonly clientSecret: string | null;
  };
}

export async function startProduct(): Promise<Product> {
  const sandbox = sharedSandbox();
  const { origin } = sandbox;
  const account = { email: 'ada.identity@affluent.example', password: 'difference-engine-no-2' };
  const person = await signUp({ origin, ...account, displayName: 'Ada' });
  const base = { redirectUris: [CALLBACK], scopes: ['profile', 'datasets:read'] };
  return {
    sandbox,
    origin,
    issuer: `${origin}/oidc`,
    graph: `${origin}/graphql`,
    account,
    person,
    confidential: await register(person, {
      ...base,
      name: 'Confidential',
      type: 'CONFIDENTIAL',
      clientCredentials: true,
      postLogoutRedirectUris: ['https://app.example.org/goodbye'],
    }),
    open: await register(person, { ...base, name: 'Open', type: 'PUBLIC' }),
    async [Symbol.asyncDispose]() {
      await person[Symbol.asyncDispose]();
    },
  };
}

export async function register(
  person: Client,
  input: Readonly<Record<string, unknown>>,
): Promise<RegisteredClient> {
  const { registerOAuthClient } = await person.query<Registered>(REGISTER, { input });
  const { client, clientSecret } = registerOAuthClient;
  return { ...client, authorization: clientSecret ? basic(client.clientId, clientSecret) : '' };
}

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

/** Posts a form to an endpoint of the provider. */
export async function post(
  { issuer }: Pick<Product, 'issuer'>,
  path: string,
  parameters: Parameters,
  headers: Parameters = {},
): Promise<Answer> {
  const response = await fetch(`${issuer}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(parameters),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  const body = (isJson ? JSON.parse(text) : { text }) as Answer['body'];
  return { status: response.status, headers: response.headers, body };
}

/** Asks the graph who the caller is. */
export async function askGraph(
  { graph }: Pick<Product, 'graph'>,
  headers: Parameters,
  query = '{ viewer { id } }',
) {
  const response = await fetch(graph, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return { status: response.status, code: errors?.[0]?.extensions.code, data };
}

export const bearer = (token: unknown): Parameters => ({
  authorization: `Bearer ${String(token)}`,
});

/** An authorization request of the program without a secret, with changes; undefined leaves a parameter out. */
export function authorizationUrl(
  { issuer, graph, open }: Product,
  changes: Readonly<Record<string, string | undefined>> = {},
): URL {
  const url = new URL(`${issuer}/auth`);
  const parameters = {
    client_id: open.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid datasets:read',
    resource: graph,
    state: 'a-state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/** What a page's form carries to show that it is ours. */
export const formToken = (page: string): string =>
  /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? '';

/** A browser that stops where a client takes over. */
export const openBrowser = ({ origin }: Pick<Product, 'origin'>, language = 'en') =>
  createBrowser({ language, stopAt: (url) => !url.href.startsWith(`${origin}/oidc/`) });

/** Signs the person in and has them allow what is asked. @returns where the client gets its answer. */
export async function allow(
  product: Product,
  start: URL,
  browser = openBrowser(product),
): Promise<URL> {
  const page = await browser.visit(start);
  const signedIn = page.body.includes('/consent"')
    ? page
    : await browser.visit(page.url, product.account);
  const consent = /action="([^"]+\/consent)"/.exec(signedIn.body)?.[1];
  if (!consent) return signedIn.url;
  return (await browser.visit(new URL(consent, product.origin), { answer: 'allow' })).url;
}

/** A code for a request. */
export async function getCode(
  product: Product,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const url = await allow(product, authorizationUrl(product, changes));
  return url.searchParams.get('code') ?? '';
}

/** Redeems a code of the program without a secret, with changes. */
export const redeem = (
  product: Product,
  code: string,
  changes: Parameters = {},
  headers: Parameters = {},
): Promise<Answer> => {
  const parameters = {
    grant_type: 'authorization_code',
    client_id: product.open.clientId,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
    code,
    ...changes,
  };
  return post(product, '/token', parameters, headers);
};

export const refresh = (
  product: Product,
  refreshToken: unknown,
  headers: Parameters = {},
): Promise<Answer> => {
  const refresh_token = String(refreshToken);
  const client_id = product.open.clientId;
  const parameters = { grant_type: 'refresh_token', client_id, refresh_token };
  return post(product, '/token', parameters, headers);
};
