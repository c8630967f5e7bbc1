import { createServer } from 'node:http';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { listen } from './listen.ts';

/** What a gateway needs of the users subgraph to serve other graphs: the key of access tokens, and that it is ready. */
export async function startUsersStandIn(publicUrl: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/oidc/jwks' ? { keys: [jwk] } : {}));
  });
  return {
    ...(await listen(server)),
    token: await new SignJWT({ client_id: 'test', scope: 'schema:read', gid: 'test' })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setIssuer(`${publicUrl}/oidc`)
      .setAudience(`${publicUrl}/graphql`)
      .setSubject('ada')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey),
  };
}
