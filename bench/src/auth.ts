import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { signUp } from '@affluent/client/testing';
import { startSandbox } from '@affluent/sandbox';
import { createTokenVerifier } from '@affluent/service';
import autocannon from 'autocannon';

import { type Figures, rounded } from './report.ts';

const REGISTER = `mutation ($input: RegisterOAuthClientInput!) {
  registerOAuthClient(input: $input) { client { clientId } clientSecret }
}`;
const SECONDS = 8;
const CONNECTIONS = 24;
const VERIFICATIONS = 300;

interface Registered {
  readonly registerOAuthClient: {
    readonly client: { readonly clientId: string };
    readonly clientSecret: string;
  };
}

interface TokenRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Client-credentials tokens a second from the identity provider on PostgreSQL (`tokens_per_s`), beside a bare oidc-provider
 * that keeps everything in memory (`bare_tokens_per_s`); and what verifying an access token costs the gateway, in
 * microseconds: the first time (`verify_us`), and while it is remembered (`verify_again_us`).
 */
export async function auth(): Promise<Figures> {
  await using sandbox = await startSandbox();
  const { origin, usersUrl } = sandbox;
  const account = { email: 'bench@affluent.example', displayName: 'Bench' };
  await using client = await signUp({ origin, ...account, password: crypto.randomUUID() });
  const { registerOAuthClient: registered } = await client.query<Registered>(REGISTER, {
    input: {
      name: 'Bench',
      type: 'CONFIDENTIAL',
      redirectUris: [],
      clientCredentials: true,
      scopes: ['datasets:read'],
    },
  });
  const request = tokenRequest(
    `${usersUrl}/oidc/token`,
    registered.client.clientId,
    registered.clientSecret,
    `${origin}/graphql`,
  );
  const bare = fork(fileURLToPath(new URL('bare-provider.ts', import.meta.url)));
  const [url] = (await once(bare, 'message')) as [string];
  // One after the other and each twice, so that neither gets the better moment of a shared machine.
  const bareRequest = tokenRequest(url, 'bench', 'bench-secret', 'urn:bench');
  const figures = {
    ours: [await load(request)],
    bare: [await load(bareRequest)],
  };
  figures.ours.push(await load(request));
  figures.bare.push(await load(bareRequest));
  bare.kill();
  const tokens = Math.max(...figures.ours);
  const bareTokens = Math.max(...figures.bare);
  return {
    tokens_per_s: rounded(tokens, 0),
    bare_tokens_per_s: rounded(bareTokens, 0),
    tokens_ratio: rounded(tokens / bareTokens),
    ...(await verification(request, { publicUrl: origin, usersUrl })),
  };
}

function tokenRequest(url: string, id: string, secret: string, resource: string): TokenRequest {
  const body = { grant_type: 'client_credentials', scope: 'datasets:read', resource };
  return {
    url,
    body: new URLSearchParams(body).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
    },
  };
}

/** Answers a second; every one of them must be a token. */
async function load({ url, body, headers }: TokenRequest): Promise<number> {
  const result = await autocannon({
    url,
    method: 'POST',
    body,
    headers: { ...headers },
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} of the requests to ${url} failed.`);
  return result['2xx'] / result.duration;
}

async function verification(
  { url, body, headers }: TokenRequest,
  options: Parameters<typeof createTokenVerifier>[0],
): Promise<Figures> {
  const tokens = await Promise.all(
    Array.from({ length: VERIFICATIONS }, async () => {
      const response = await fetch(url, { method: 'POST', body, headers });
      const { access_token } = (await response.json()) as { readonly access_token: string };
      return `Bearer ${access_token}`;
    }),
  );
  const verify = createTokenVerifier(options);
  const [warmUp = '', ...rest] = tokens;
  await verify(warmUp);
  const microseconds = async (): Promise<number> => {
    const begin = performance.now();
    for (const token of rest) await verify(token);
    return rounded(((performance.now() - begin) * 1000) / rest.length, 1);
  };
  return { verify_us: await microseconds(), verify_again_us: await microseconds() };
}
