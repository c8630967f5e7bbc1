import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

/** A person with an account elsewhere. */
export interface Outsider {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** An outside identity provider: signs in the person that the test names, without consent. */
export async function startOutsideProvider(callback: string) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  let outsider: Outsider = { sub: 'nobody' };
  const server = await new Promise<Server>((resolve) => {
    const probe = new Provider('http://127.0.0.1:1').listen(0, '127.0.0.1', () => resolve(probe));
  });
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    jwks: {
      keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'outside' }],
    },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    // Cookies do not know of ports: on one host, it must not take ours.
    cookies: { keys: ['of a test'], names: { session: 'outside_session' } },
    clients: [
      {
        client_id: 'affluent',
        client_secret: 'between-us',
        redirect_uris: [callback],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...outsider }) }),
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      if (!client || !session?.accountId) return undefined;
      const { accountId } = session;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.removeAllListeners('request');
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res);
    const login = { accountId: outsider.sub };
    return void provider.interactionFinished(req, res, { login });
  });
  return {
    issuer,
    /** Who is signed in there, from the next new browser on. */
    signIn: (next: Outsider) => (outsider = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
