import { createHash } from 'node:crypto';

import {
  calculateJwkThumbprint,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import { expect, test } from 'vitest';

import { askGraph, bearer, getCode, type Product, redeem, refresh } from './product.ts';

interface ProofChanges {
  readonly htm?: string;
  readonly htu?: string;
  readonly jti?: string;
  readonly ath?: string;
  readonly iat?: number;
}

/** A key of a client, and proofs that it has it (RFC 9449). */
async function makeKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk: JWK = await exportJWK(publicKey);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    prove: (htm: string, htu: string, changes: ProofChanges = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ htm, htu, jti: crypto.randomUUID(), iat: now, ...changes })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .sign(privateKey);
    },
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export function proofTests(product: () => Product): void {
  const tokenEndpoint = (): string => `${product().issuer}/token`;
  /** Tokens that are bound to a new key. */
  async function start() {
    const key = await makeKey();
    const dpop = await key.prove('POST', tokenEndpoint());
    const { body } = await redeem(product(), await getCode(product()), {}, { dpop });
    const token = String(body.access_token);
    const ask = async (changes: ProofChanges = {}, prove = key.prove) => {
      const proof = await prove('POST', product().graph, { ath: hashOf(token), ...changes });
      return askGraph(product(), { authorization: `DPoP ${token}`, dpop: proof });
    };
    return { key, body, token, ask };
  }

  test('a client gets tokens that are bound to its key, and refreshes them with that key only', async () => {
    const { key, body, token } = await start();
    expect(body.token_type).toBe('DPoP');
    expect(decodeJwt(token).cnf).toEqual({ jkt: key.thumbprint });
    const stranger = await makeKey();
    for (const headers of [{}, { dpop: await stranger.prove('POST', tokenEndpoint()) }]) {
      expect((await refresh(product(), body.refresh_token, headers)).status).toBe(400);
    }
    const dpop = await key.prove('POST', tokenEndpoint());
    expect((await refresh(product(), body.refresh_token, { dpop })).status).toBe(200);
  });

  test('a proof for the token endpoint counts once, for its method and address, and for minutes', async () => {
    const key = await makeKey();
    const used = await key.prove('POST', tokenEndpoint());
    const first = await redeem(product(), await getCode(product()), {}, { dpop: used });
    expect(first.status).toBe(200);
    const wrong = [
      used,
      await key.prove('GET', tokenEndpoint()),
      await key.prove('POST', product().graph),
      await key.prove('POST', tokenEndpoint(), { iat: Math.floor(Date.now() / 1000) - 3600 }),
      'not-a-proof',
    ];
    for (const dpop of wrong) {
      const { status, body } = await redeem(product(), await getCode(product()), {}, { dpop });
      expect([status, body.access_token]).toEqual([400, undefined]);
    }
  });

  test('the graph takes a bound token with a proof of its own only', async () => {
    const { token, ask } = await start();
    expect((await ask()).status).toBe(200);
    const refusal = { status: 401, code: 'UNAUTHENTICATED' };
    const stranger = await makeKey();
    const jti = crypto.randomUUID();
    expect((await ask({ jti })).status).toBe(200);
    const refused = [
      await ask({ jti }),
      await ask({ htu: `${product().origin}/elsewhere` }),
      await ask({ htm: 'GET' }),
      await ask({ ath: hashOf('another token') }),
      await ask({ iat: Math.floor(Date.now() / 1000) - 3600 }),
      await ask({}, stranger.prove),
      await askGraph(product(), bearer(token)),
      await askGraph(product(), { authorization: `DPoP ${token}` }),
    ];
    for (const answer of refused) expect(answer).toMatchObject(refusal);
  });

  test('of eight requests at once with one proof one is answered', async () => {
    const { ask } = await start();
    const jti = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ jti })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
}
