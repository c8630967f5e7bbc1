import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrlWithPAR,
  discovery,
  None,
  randomNonce,
  randomState,
} from 'openid-client';
import { expect, test } from 'vitest';

import {
  allow,
  askGraph,
  authorizationUrl,
  basic,
  bearer,
  CALLBACK,
  CHALLENGE,
  openBrowser,
  post,
  type Product,
  VERIFIER,
} from './product.ts';

export function requestTests(product: () => Product): void {
  /** The error sent to the client, anywhere in the redirect. */
  const refusal = async (changes: Readonly<Record<string, string | undefined>>) => {
    const response = await fetch(authorizationUrl(product(), changes), { redirect: 'manual' });
    const sent = `${response.headers.get('location') ?? ''}\n${await response.text()}`;
    expect(sent).not.toMatch(/[?&#"](code|access_token|id_token)[="]/);
    return /[?#&]error=(\w+)|name="error" value="(\w+)"/.exec(sent)?.slice(1).find(Boolean);
  };

  test('a pushed request leads openid-client to a token for the graph, once', async () => {
    const { issuer, graph, open } = product();
    const client = await discovery(new URL(issuer), open.clientId, undefined, None(), {
      execute: [allowInsecureRequests],
    });
    const expectedState = randomState();
    const expectedNonce = randomNonce();
    const start = await buildAuthorizationUrlWithPAR(client, {
      redirect_uri: CALLBACK,
      scope: 'openid datasets:read',
      resource: graph,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    });
    expect([...start.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
    const back = await allow(product(), start);
    expect(back.searchParams.get('iss')).toBe(issuer);
    const tokens = await authorizationCodeGrant(client, back, {
      expectedState,
      expectedNonce,
      pkceCodeVerifier: VERIFIER,
      idTokenExpected: true,
    });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({
      typ: 'at+jwt',
      alg: 'ES256',
    });
    const { aud, exp = 0, iat = 0, scope } = decodeJwt(tokens.access_token);
    expect({ aud, scope }).toEqual({ aud: graph, scope: 'datasets:read' });
    expect(exp - iat).toBeLessThanOrEqual(300);
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(200);
    expect((await openBrowser(product()).visit(start)).status).toBe(400);
  });

  test('a pushed request is refused to a client that does not prove itself, and checked like any other', async () => {
    const { confidential, open } = product();
    const request = {
      client_id: confidential.clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    };
    expect((await post(product(), '/request', request)).status).toBe(401);
    const wrong = { authorization: basic(confidential.clientId, 'wrong') };
    expect((await post(product(), '/request', request, wrong)).status).toBe(401);
    const proved = { authorization: confidential.authorization };
    const elsewhere = { ...request, redirect_uri: 'https://evil.example/callback' };
    expect((await post(product(), '/request', elsewhere, proved)).status).toBe(400);
    const { status, body } = await post(product(), '/request', request, proved);
    expect(status).toBe(201);
    const stolen = { client_id: open.clientId, request_uri: String(body.request_uri) };
    expect(await refusal(stolen)).toMatch(/^invalid_/);
  });

  test('PKCE with S256 cannot be left out or weakened', async () => {
    const absent = { code_challenge: undefined, code_challenge_method: undefined };
    expect(await refusal(absent)).toBe('invalid_request');
    expect(await refusal({ ...absent, client_id: product().confidential.clientId })).toBe(
      'invalid_request',
    );
    expect(await refusal({ code_challenge_method: 'plain' })).toBe('invalid_request');
    expect(await refusal({ code_challenge_method: undefined })).toBe('invalid_request');
  });

  test.each(['token', 'id_token', 'id_token token', 'code token', 'code id_token', 'none'])(
    'there is no response type %s',
    async (type) => {
      expect(await refusal({ response_type: type, nonce: 'n' })).toBe('unsupported_response_type');
    },
  );

  test.each(['fragment', 'form_post'])('there is no response mode %s', async (mode) => {
    expect(await refusal({ response_mode: mode })).toBe('invalid_request');
  });

  test('a third party cannot ask to manage the account, or for more than it registered', async () => {
    expect(await refusal({ scope: 'openid account' })).toBe('invalid_scope');
    expect(await refusal({ scope: 'openid datasets:write' })).toBe('invalid_scope');
  });
}
