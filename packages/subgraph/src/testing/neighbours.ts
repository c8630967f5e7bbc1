import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { graphResourceOf, issuerOf } from '@affluent/service';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

import type { WorkspaceRole } from '../memberships.ts';

/**
 * What a subgraph under test sees of the users subgraph, over real HTTP: the signing keys, and the memberships of
 * whoever the token names. Tests decide who belongs where; tokens are real JWTs.
 */
export async function startUsersNeighbour(publicUrl: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const roles = new Map<string, Map<string, WorkspaceRole>>();
  const answer = async (authorization = ''): Promise<object> => {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), publicKey);
    const memberships = [...(roles.get(String(payload.sub)) ?? [])].map(([id, role]) => ({
      role,
      workspace: { id },
    }));
    return { data: { viewer: { memberships } } };
  };
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    const jwks = { keys: [jwk] };
    if (req.url === '/oidc/jwks') res.end(JSON.stringify(jwks));
    else if (req.url !== '/graphql') res.writeHead(404).end();
    else void answer(req.headers.authorization).then((body) => res.end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Makes somebody a member of a workspace. */
    join(userId: string, workspaceId: string, role: WorkspaceRole): void {
      roles.set(
        userId,
        (roles.get(userId) ?? new Map<string, WorkspaceRole>()).set(workspaceId, role),
      );
    },
    /** An access token for somebody, as the users subgraph would make it. */
    tokenFor(userId: string): Promise<string> {
      return new SignJWT({
        scope: 'profile datasets:read datasets:write insights:read insights:write',
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setIssuer(issuerOf(publicUrl))
        .setAudience(graphResourceOf(publicUrl))
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
