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

import { askGraph, bearer, getCode, post, type Product, redeem, refresh } from './product.ts';

interface ProofChanges {
  readonly htm?: string;
  readonly htu?: string;
  readonly jti?: string;
  readonly ath?: string;
  readonly iat?: number;
}

interface Named {
  readonly id: string;
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

  test('a subgraph takes no bound token that comes to it directly, with or without a proof', async () => {
    const { key, token, ask } = await start();
    expect((await ask()).status).toBe(200);
    const { usersUrl, datasetsUrl, insightsUrl } = product().sandbox;
    const ath = hashOf(token);
    for (const url of [usersUrl, datasetsUrl, insightsUrl]) {
      const graph = `${url}/graphql`;
      for (const headers of [
        bearer(token),
        { authorization: `DPoP ${token}`, dpop: await key.prove('POST', product().graph, { ath }) },
        { ...bearer(token), dpop: await key.prove('POST', graph, { ath }) },
      ]) {
        expect(await askGraph({ graph }, headers)).toMatchObject({
          status: 401,
          code: 'UNAUTHENTICATED',
        });
      }
    }
  });

  test('with a bound token services ask each other in the caller’s name, and a subscription follows', async () => {
    const { person, graph } = product();
    const { createWorkspace } = await person.query<{ createWorkspace: { workspace: Named } }>(
      'mutation { createWorkspace(input: { name: "Bound" }) { workspace { id } } }',
    );
    const { id } = createWorkspace.workspace;
    const { key, token, ask } = await start();
    const proof = () => key.prove('POST', graph, { ath: hashOf(token) });
    // The datasets service asks the users service which workspaces the caller may read.
    const authorization = `DPoP ${token}`;
    const datasets = `{ datasets(workspaceId: "${id}") { nodes { id } } }`;
    const answer = await askGraph({ graph }, { authorization, dpop: await proof() }, datasets);
    expect(answer).toMatchObject({ status: 200, data: { datasets: { nodes: [] } } });

    const stream = await fetch(graph, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization,
        dpop: await proof(),
      },
      body: JSON.stringify({ query: 'subscription { membershipsChanged { workspace { id } } }' }),
    });
    if (!stream.body) throw new Error('The answer has no body.');
    const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (wanted: string): Promise<void> => {
      let seen = '';
      while (!seen.includes(wanted)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The stream ended with: ${seen}`);
        seen += value;
      }
    };
    await until(id);
    // Revoked at its grant, the token that the gateway exchanged ends too.
    const client_id = product().open.clientId;
    await post(product(), '/token/revocation', { client_id, token });
    await until('UNAUTHENTICATED');
    expect((await ask()).status).toBe(401);
  });

  test('of eight requests at once with one proof one is answered', async () => {
    const { ask } = await start();
    const jti = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ jti })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
}
