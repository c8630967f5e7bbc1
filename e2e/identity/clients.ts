import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';

import {
  askGraph,
  basic,
  bearer,
  CALLBACK,
  CLI,
  getCode,
  type Parameters,
  post,
  type Product,
  redeem,
  refresh,
  register,
  VERIFIER,
} from './product.ts';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const MACHINE = {
  type: 'CONFIDENTIAL',
  clientCredentials: true,
  redirectUris: [],
  scopes: ['datasets:read'],
};

export function clientTests(product: () => Product): void {
  const asItself = (authorization: string, changes: Parameters = {}) =>
    post(
      product(),
      '/token',
      { grant_type: 'client_credentials', scope: 'datasets:read', ...changes },
      { authorization },
    );

  test.each(['/token', '/token/introspection', '/token/revocation'])(
    '%s needs the client to prove itself',
    async (path) => {
      const { confidential } = product();
      const request = { grant_type: 'client_credentials', token: 'x' };
      const wrong = { authorization: basic(confidential.clientId, 'wrong') };
      for (const [parameters, headers] of [
        [request, {}],
        [{ ...request, client_id: confidential.clientId }, {}],
        [{ ...request, client_id: confidential.clientId, client_secret: 'wrong' }, {}],
        [request, wrong],
      ] as const) {
        const { status, body } = await post(product(), path, parameters, headers);
        expect([400, 401]).toContain(status);
        expect(body.error).toMatch(/^invalid_(client|request)$/);
      }
    },
  );

  test('a client acts alone on behalf of the person who registered it, until it is deleted', async () => {
    const { person } = product();
    const { id, authorization } = await register(person, { ...MACHINE, name: 'Machine' });
    const { body } = await asItself(authorization);
    const { viewer } = await person.query<{ viewer: { id: string } }>('{ viewer { id } }');
    expect((await askGraph(product(), bearer(body.access_token))).data).toEqual({ viewer });
    const account = '{ viewer { sessions { id } } }';
    expect((await askGraph(product(), bearer(body.access_token), account)).code).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
    await person.query(`mutation { deleteOAuthClient(id: "${id}") { deletedId } }`);
    expect((await askGraph(product(), bearer(body.access_token))).status).toBe(401);
    expect((await asItself(authorization)).body.error).toBe('invalid_client');
  });

  test('a client acting by itself gets no more than it registered, and a public one nothing', async () => {
    const authorization = product().confidential.authorization;
    expect((await asItself(authorization, { scope: 'datasets:write' })).body.error).toBe(
      'invalid_scope',
    );
    expect((await asItself(authorization, { scope: 'account' })).body.error).toBe('invalid_scope');
    const elsewhere = { resource: 'https://evil.example' };
    expect((await asItself(authorization, elsewhere)).body.error).toBe('invalid_target');
    const open = { grant_type: 'client_credentials', client_id: CLI.clientId };
    expect((await post(product(), '/token', open)).status).toBe(400);
  });

  test('a client with keys proves itself by a signed assertion, each once', async () => {
    const { issuer, person } = product();
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const { privateKey: strangers } = await generateKeyPair('ES256');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] };
    const { clientId } = await register(person, { ...MACHINE, name: 'With keys', jwks });
    const assertion = ({ key = privateKey, audience = issuer } = {}) =>
      new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(key);
    const present = (client_assertion: string) =>
      post(product(), '/token', {
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION,
        client_assertion,
      });

    const once = await assertion();
    const { body } = await present(once);
    expect((await askGraph(product(), bearer(body.access_token))).status).toBe(200);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${once.split('.')[1]}.`;
    const refused = [
      once,
      await assertion({ key: strangers }),
      await assertion({ audience: 'https://evil.example' }),
      unsigned,
    ];
    for (const wrong of refused) {
      const { status, body: refusal } = await present(wrong);
      expect([status, refusal.error]).toEqual([401, 'invalid_client']);
    }
    const fresh = await assertion();
    const answers = await Promise.all(Array.from({ length: 8 }, () => present(fresh)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a client can introspect only its own tokens, and revoking one ends its grant', async () => {
    const { confidential, graph, issuer } = product();
    const code = await getCode(product(), { client_id: confidential.clientId });
    const proved = { authorization: confidential.authorization };
    const { body: tokens } = await post(
      product(),
      '/token',
      { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
      proved,
    );
    const inspect = async (token: unknown, headers: Parameters = proved) =>
      (await post(product(), '/token/introspection', { token: String(token) }, headers)).body;
    const revoke = (token: unknown, headers: Parameters = proved) =>
      post(product(), '/token/revocation', { token: String(token) }, headers);

    expect(await inspect(tokens.access_token)).toMatchObject({
      active: true,
      client_id: confidential.clientId,
      scope: 'datasets:read',
      aud: graph,
      iss: issuer,
    });
    expect(await inspect(tokens.refresh_token)).toMatchObject({ active: true });
    const { authorization } = await register(product().person, { ...MACHINE, name: 'Stranger' });
    const stranger = { authorization: authorization };
    expect(await inspect(tokens.access_token, stranger)).toEqual({ active: false });
    await revoke(tokens.access_token, stranger);
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(200);

    expect((await revoke(tokens.access_token)).status).toBe(200);
    expect(await inspect(tokens.access_token)).toEqual({ active: false });
    expect(await inspect(tokens.refresh_token)).toEqual({ active: false });
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(401);
    expect((await revoke('not-a-token')).status).toBe(200);
  });

  test('the holder of a public client’s refresh token can revoke it', async () => {
    const { body: tokens } = await redeem(product(), await getCode(product()));
    const token = String(tokens.refresh_token);
    const { clientId } = product().open;
    expect(
      (await post(product(), '/token/revocation', { client_id: clientId, token })).status,
    ).toBe(200);
    expect((await refresh(product(), token)).body.error).toBe('invalid_grant');
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(401);
  });
}
