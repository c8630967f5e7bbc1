import { createHash, randomBytes } from 'node:crypto';

import { createLog } from '@affluent/service';
import { startUsersNeighbour } from '@affluent/subgraph/testing';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const publicUrl = 'http://affluent.example';
const users = await startUsersNeighbour(publicUrl);
const gateway = await startServer(
  readConfig({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    USERS_URL: users.url,
    DATASETS_URL: users.url,
    INSIGHTS_URL: users.url,
    SESSION_KEY: randomBytes(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
  }),
  createLog({ service: 'gateway', level: 'silent' }),
);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
});

const key = await generateKeyPair('ES256', { extractable: true });
const otherKey = await generateKeyPair('ES256', { extractable: true });
const jkt = await calculateJwkThumbprint(await exportJWK(key.publicKey));
const boundToken = await users.tokenFor('ada', undefined, { cnf: { jkt } });
const plainToken = await users.tokenFor('ada');
const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

interface ProofChanges {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signer?: typeof key;
  readonly age?: number;
}

/** A proof as RFC 9449 wants it, with changes. */
async function makeProof({ claims = {}, header = {}, signer = key, age = 0 }: ProofChanges = {}) {
  const payload = {
    jti: crypto.randomUUID(),
    htm: 'POST',
    htu: `${publicUrl}/graphql`,
    ath: hash(boundToken),
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({
      alg: 'ES256',
      typ: 'dpop+jwt',
      jwk: await exportJWK(signer.publicKey),
      ...header,
    })
    .setIssuedAt(Math.floor(Date.now() / 1000) - age)
    .sign(signer.privateKey);
}

async function ask(authorization: string, proof?: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(proof !== undefined && { dpop: proof }),
    },
    body: JSON.stringify({ query: '{ viewer { memberships { role } } }' }),
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

test('a token bound to a key is taken with a proof, and each proof once', async () => {
  const proof = await makeProof();
  expect(await ask(`DPoP ${boundToken}`, proof)).toMatchObject({
    status: 200,
    body: '{"data":{"viewer":{"memberships":[]}}}\n',
  });
  const replay = await ask(`DPoP ${boundToken}`, proof);
  expect(replay.status).toBe(401);
  expect(replay.body).toContain('used before');
  expect(replay.headers.get('www-authenticate')).toContain('invalid_token');
  expect((await ask(`DPoP ${boundToken}`, await makeProof())).status).toBe(200);
});

test('a proof may be signed for an address with a query', async () => {
  const proof = await makeProof({ claims: { htu: `${publicUrl}/graphql?a=b#c` } });
  expect((await ask(`DPoP ${boundToken}`, proof)).status).toBe(200);
});

test.each<[string, ProofChanges]>([
  ['another method', { claims: { htm: 'GET' } }],
  ['another address', { claims: { htu: `${publicUrl}/other` } }],
  ['another origin', { claims: { htu: 'http://evil.example/graphql' } }],
  ['another access token', { claims: { ath: hash(plainToken) } }],
  ['no access token', { claims: { ath: undefined } }],
  ['no id', { claims: { jti: undefined } }],
  ['another key', { signer: otherKey }],
  ['the key of one and the signature of another', { header: { jwk: {} } }],
  ['another type', { header: { typ: 'JWT' } }],
  ['yesterday', { age: 24 * 3600 }],
  ['tomorrow', { age: -24 * 3600 }],
])('a proof made for %s is refused', async (_, changes) => {
  const { status, body } = await ask(`DPoP ${boundToken}`, await makeProof(changes));
  expect(status).toBe(401);
  expect(body).toContain('UNAUTHENTICATED');
});

test('a proof that shows a private key, or is signed with a shared secret, is refused', async () => {
  const jwk = await exportJWK(key.privateKey);
  expect((await ask(`DPoP ${boundToken}`, await makeProof({ header: { jwk } }))).status).toBe(401);
  const secret = randomBytes(32);
  const symmetric = await new SignJWT({ htm: 'POST', htu: `${publicUrl}/graphql`, jti: 'x' })
    .setProtectedHeader({
      alg: 'HS256',
      typ: 'dpop+jwt',
      jwk: { kty: 'oct', k: secret.toString('base64url') } as JWK,
    })
    .setIssuedAt()
    .sign(secret);
  expect((await ask(`DPoP ${boundToken}`, symmetric)).status).toBe(401);
});

test('a bound token is refused without a proof and as a bearer token, and a plain one as DPoP', async () => {
  expect((await ask(`DPoP ${boundToken}`)).status).toBe(401);
  expect((await ask(`Bearer ${boundToken}`)).status).toBe(401);
  expect((await ask(`Bearer ${boundToken}`, await makeProof())).status).toBe(401);
  const proof = await makeProof({ claims: { ath: hash(plainToken) } });
  expect((await ask(`DPoP ${plainToken}`, proof)).status).toBe(401);
  expect((await ask(`Bearer ${plainToken}`)).status).toBe(200);
});
