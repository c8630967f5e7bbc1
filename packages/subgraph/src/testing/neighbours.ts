import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { graphResourceOf, issuerOf, SCOPES } from '@affluent/service';
import { buildSchema, GraphQLError } from 'graphql';
import type { Context as SocketContext } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type WebSocket, WebSocketServer } from 'ws';

import type { WorkspaceRole } from '../memberships.ts';
import { untilReturned } from '../notifications/until-returned.ts';

const EVERY_SCOPE = SCOPES.join(' ');

const SCHEMA = buildSchema(`
  type Query { viewer: ID }
  type Subscription { membershipsChanged: [Membership!]! }
  type Membership { role: String! workspace: Workspace! }
  type Workspace { id: ID! }`);

/**
 * What a subgraph under test sees of the users subgraph, over real HTTP: the signing keys, and the memberships of
 * whoever the token names. Tests decide who belongs where; tokens are real JWTs.
 */
export async function startUsersNeighbour(publicUrl: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const roles = new Map<string, Map<string, WorkspaceRole>>();
  const ended = new Set<string>();
  const changes = new EventEmitter().setMaxListeners(0);
  const userOf = async (authorization = ''): Promise<string> => {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), publicKey);
    if (payload.cnf) throw new Error('A token that is bound to a key came to a subgraph.');
    return String(payload.sub);
  };
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setIssuer(issuerOf(publicUrl))
      .setAudience(graphResourceOf(publicUrl))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  /** The token exchange of a token that is bound to a key. */
  const exchange = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const subject = new URLSearchParams(await text(req)).get('subject_token') ?? '';
    const { cnf: _key, ...claims } = (await jwtVerify(subject, publicKey)).payload;
    const access_token = await sign(claims);
    res.end(JSON.stringify({ access_token, token_type: 'Bearer', expires_in: 300 }));
  };
  const membershipsOf = (userId: string) =>
    [...(roles.get(userId) ?? [])].map(([id, role]) => ({ role, workspace: { id } }));
  const answer = async ({ headers }: IncomingMessage, res: ServerResponse): Promise<void> => {
    const userId = await userOf(headers.authorization);
    if (ended.has(userId)) res.statusCode = 401;
    res.end(JSON.stringify({ data: { viewer: { memberships: membershipsOf(userId) } } }));
  };
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    const jwks = { keys: [jwk] };
    if (req.url === '/oidc/jwks') res.end(JSON.stringify(jwks));
    else if (req.url === '/readyz') res.end('{}');
    else if (req.url === '/oidc/token') void exchange(req, res);
    else if (req.url !== '/graphql') res.writeHead(404).end();
    else void answer(req, res);
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const protocol = useServer<{ authorization?: string }>(
    {
      schema: SCHEMA,
      roots: {
        subscription: {
          membershipsChanged: (
            _args: object,
            { connectionParams }: SocketContext<{ authorization?: string }>,
          ) =>
            untilReturned(async function* memberships(signal) {
              const userId = await userOf(connectionParams?.authorization);
              yield { membershipsChanged: membershipsOf(userId) };
              for await (const _ of on(changes, 'changed', { signal })) {
                if (ended.has(userId)) {
                  const extensions = { code: 'UNAUTHENTICATED' };
                  throw new GraphQLError('The access token has been ended.', { extensions });
                }
                yield { membershipsChanged: membershipsOf(userId) };
              }
            }),
        },
      },
      context: (context) => context,
    },
    sockets,
  );
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
    /** Takes a membership away; who watches is told. */
    leave(userId: string, workspaceId: string): void {
      roles.get(userId)?.delete(workspaceId);
      changes.emit('changed');
    },
    /** Ends all tokens of somebody; who watches is told. */
    endTokens(userId: string): void {
      ended.add(userId);
      changes.emit('changed');
    },
    /** The connections of those who watch. */
    watchers: (): ReadonlySet<WebSocket> => sockets.clients,
    /** An access token for somebody, as the users subgraph would make it, with further claims. */
    tokenFor(userId: string, scope = EVERY_SCOPE, claims: JWTPayload = {}): Promise<string> {
      return sign({ scope, client_id: 'test', gid: 'test', sub: userId, ...claims });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      await protocol.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
