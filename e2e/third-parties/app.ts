import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  None,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  type TokenEndpointResponse,
} from 'openid-client';

interface Start {
  readonly pkceCodeVerifier: string;
  readonly expectedState: string;
}

/**
 * A program on a person's computer, as a third party would write it: sends its user through the browser and waits for
 * the answer at an address of its own (RFC 8252). Its pages say what came of it in a heading.
 */
export async function startApp(origin: string) {
  let client: Configuration;
  let start: Start;
  let tokens: TokenEndpointResponse | undefined;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { error: code = String(error) } = error as { readonly error?: string };
      show(response, `It failed: ${code}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${address}/callback`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', address);
    if (url.pathname === '/callback') {
      tokens = await authorizationCodeGrant(client, url, start);
      show(response, 'Connected');
    } else if (url.pathname === '/') {
      start = { pkceCodeVerifier: randomPKCECodeVerifier(), expectedState: randomState() };
      const next = buildAuthorizationUrl(client, {
        redirect_uri: redirectUri,
        scope: 'openid profile datasets:read',
        resource: `${origin}/graphql`,
        state: start.expectedState,
        code_challenge: await calculatePKCECodeChallenge(start.pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      response.writeHead(303, { location: next.href }).end();
    } else {
      response.writeHead(204).end();
    }
  }

  return {
    address,
    redirectUri,
    /** To be called once it is registered. */
    async configure(clientId: string): Promise<void> {
      const execute = [allowInsecureRequests];
      client = await discovery(new URL(`${origin}/oidc`), clientId, undefined, None(), { execute });
    },
    accessToken: () => tokens?.access_token ?? '',
    /** @throws {ResponseBodyError} when it is refused. */
    async refresh(): Promise<void> {
      tokens = await refreshTokenGrant(client, tokens?.refresh_token ?? '');
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function show(response: ServerResponse, heading: string): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${heading}</h1>`);
}
