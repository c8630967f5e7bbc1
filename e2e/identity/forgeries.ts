import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  base64url,
  type CryptoKey,
  decodeJwt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, expect, test } from 'vitest';

import { askGraph, bearer, getCode, type Product, redeem } from './product.ts';
import { readSigningKey } from './signing-key.ts';

type HeaderChanges = {
  readonly [K in keyof JWTHeaderParameters]?: JWTHeaderParameters[K] | undefined;
};

const REFUSED = ['401 UNAUTHENTICATED'];

type Key = Parameters<SignJWT['sign']>[0];

/** Access tokens that are wrong in one thing each; the graph refuses every one of them, and never fails over one. */
export function forgeryTests(product: () => Product): void {
  let claims: JWTPayload;
  let idToken: string;
  let ours: JWK & { readonly kid: string };
  let ourKey: Key;
  let theirs: { readonly privateKey: Key; readonly publicKey: CryptoKey };
  let header: JWTHeaderParameters;

  beforeAll(async () => {
    const { body } = await redeem(product(), await getCode(product()));
    claims = decodeJwt(String(body.access_token));
    idToken = String(body.id_token);
    ours = await readSigningKey(product());
    ourKey = await importJWK(ours, 'ES256');
    theirs = await generateKeyPair('ES256');
    header = { alg: 'ES256', typ: 'at+jwt', kid: ours.kid };
  });

  const forge = (changes: JWTPayload, headerChanges: HeaderChanges = {}, key = ourKey) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ ...header, ...headerChanges } as JWTHeaderParameters)
      .sign(key);
  const part = (content: object): string => base64url.encode(JSON.stringify(content));
  /** What the graph answers to each of these, every outcome once. */
  const outcomes = async (...tokens: string[]) => {
    const answers = await Promise.all(tokens.map((token) => askGraph(product(), bearer(token))));
    return [...new Set(answers.map(({ status, code }) => `${status} ${code}`))];
  };

  test('a token made with the right key and claims is taken', async () => {
    expect((await askGraph(product(), bearer(await forge({})))).status).toBe(200);
  });

  test.each([
    ['another audience', { aud: 'https://evil.example/graphql' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'https://evil.example/oidc' }],
    ['no issuer', { iss: undefined }],
    ['an end in the past', { iat: 1_000, exp: 2_000 }],
    ['no end', { exp: undefined }],
    ['a beginning in the future', { nbf: 9_999_999_999 }],
    ['no subject', { sub: undefined }],
    ['no client', { client_id: undefined }],
    ['a grant that does not exist', { gid: 'unknown' }],
    ['no grant', { gid: undefined }],
    ["a client's own right without a registration", { gid: undefined, owner: crypto.randomUUID() }],
    ['a personal access token that does not exist', { gid: undefined, pat: crypto.randomUUID() }],
  ])('a token with %s is refused', async (_, changes) => {
    expect(await outcomes(await forge(changes as JWTPayload))).toEqual(REFUSED);
  });

  test('an ID token, or a token of another type, is refused', async () => {
    expect(await outcomes(idToken)).toEqual(REFUSED);
    expect(await outcomes(await forge({}, { typ: 'JWT' }))).toEqual(REFUSED);
    expect(await outcomes(await forge({}, { typ: undefined }))).toEqual(REFUSED);
  });

  test.each(['none', 'None', 'NONE', 'nOnE'])('a token with alg %s is refused', async (alg) => {
    const unsigned = `${part({ ...header, alg })}.${part(claims)}`;
    const signed = `${unsigned}.${base64url.encode('signature')}`;
    expect(await outcomes(`${unsigned}.`, signed, unsigned)).toEqual(REFUSED);
  });

  test('the public key is no HMAC secret, and other algorithms are not taken', async () => {
    const { d: _, ...ourPublicJwk } = ours;
    const ourPublicKey = (await importJWK(ourPublicJwk, 'ES256', {
      extractable: true,
    })) as CryptoKey;
    const secrets = [await exportSPKI(ourPublicKey), JSON.stringify(ourPublicJwk), ours.x ?? ''];
    for (const secret of secrets) {
      const key = new TextEncoder().encode(secret.padEnd(32));
      expect(await outcomes(await forge({}, { alg: 'HS256' }, key))).toEqual(REFUSED);
    }
    const { privateKey: rsa } = await generateKeyPair('RS256');
    expect(await outcomes(await forge({}, { alg: 'RS256' }, rsa))).toEqual(REFUSED);
    const { privateKey: p384 } = await generateKeyPair('ES384');
    expect(await outcomes(await forge({}, { alg: 'ES384' }, p384))).toEqual(REFUSED);
  });

  test('a key that the token brings along or points to is not used, nor asked for', async () => {
    const jwk = { ...(await exportJWK(theirs.publicKey)), kid: 'theirs', alg: 'ES256', use: 'sig' };
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const tricks: HeaderChanges[] = [
      { jwk },
      { jwk, kid: 'theirs' },
      { jku: address },
      { jku: address, kid: 'theirs' },
      { x5u: address, kid: 'theirs' },
      { x5c: ['MIIB'], kid: 'theirs' },
    ];
    for (const trick of tricks) {
      const token = await forge({}, trick, theirs.privateKey);
      expect(await outcomes(token)).toEqual(REFUSED);
    }
    expect(asked).toBe(0);
    server.close();
  });

  test.each([
    '../../../../dev/null',
    "' OR 1=1 --",
    'http://evil.example/key',
    '',
    '\u0000',
    'x'.repeat(5000),
  ])('the key id %j leads nowhere', async (kid) => {
    expect(await outcomes(await forge({}, { kid }, theirs.privateKey))).toEqual(REFUSED);
  });

  test('what is no token at all is refused', async () => {
    const token = await forge({});
    const broken = [
      'x',
      'a.b.c',
      '..',
      `${token}x`,
      token.slice(0, -1),
      `${token}.${token}`,
      `${part({ ...header, crit: ['exp'] })}.${token.split('.').slice(1).join('.')}`,
      `${part(header)}.${base64url.encode('not json')}.${token.split('.')[2]}`,
    ];
    expect(await outcomes(...broken)).toEqual(REFUSED);
    const schemes = ['Bearer', 'Basic YTpi', token, `bearer: ${token}`, `Bearer ${token} ${token}`];
    for (const authorization of schemes) {
      const { status, code } = await askGraph(product(), { authorization });
      expect(`${status} ${code}`).toBe(REFUSED[0]);
    }
  });
}
