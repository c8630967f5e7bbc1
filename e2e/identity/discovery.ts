import { allowInsecureRequests, discovery, None } from 'openid-client';
import { expect, test } from 'vitest';

import { CLI, post, type Product } from './product.ts';

export function discoveryTests(product: () => Product): void {
  test('the metadata is where OpenID Connect and RFC 8414 look for it, the same everywhere', async () => {
    const { origin, issuer } = product();
    const documents = await Promise.all(
      [
        `${issuer}/.well-known/openid-configuration`,
        `${issuer}/.well-known/oauth-authorization-server`,
        `${origin}/.well-known/oauth-authorization-server/oidc`,
        `${origin}/.well-known/openid-configuration/oidc`,
      ].map(async (url) => (await fetch(url)).json() as Promise<unknown>),
    );
    for (const document of documents) expect(document).toEqual(documents[0]);
    expect(documents[0]).toMatchObject({
      issuer,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      pushed_authorization_request_endpoint: `${issuer}/request`,
      device_authorization_endpoint: `${issuer}/device/auth`,
      introspection_endpoint: `${issuer}/token/introspection`,
      revocation_endpoint: `${issuer}/token/revocation`,
      end_session_endpoint: `${issuer}/session/end`,
      dpop_signing_alg_values_supported: expect.arrayContaining(['ES256']),
      token_endpoint_auth_methods_supported: [
        'none',
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
      ],
    });
  });

  test('openid-client finds the provider; it has no implicit, password or registration', async () => {
    const { issuer } = product();
    const found = await discovery(new URL(issuer), CLI.clientId, undefined, None(), {
      algorithm: 'oauth2',
      execute: [allowInsecureRequests],
    });
    const { grant_types_supported, registration_endpoint } = found.serverMetadata();
    expect(grant_types_supported?.toSorted()).toEqual([
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
    ]);
    expect(registration_endpoint).toBeUndefined();
    expect((await post(product(), '/reg', { redirect_uris: 'https://evil.example' })).status).toBe(
      404,
    );
  });

  test('a password is no grant', async () => {
    const { account } = product();
    const { status, body } = await post(product(), '/token', {
      grant_type: 'password',
      client_id: CLI.clientId,
      username: account.email,
      password: account.password,
    });
    expect([status, body.error]).toEqual([400, 'unsupported_grant_type']);
  });
}
