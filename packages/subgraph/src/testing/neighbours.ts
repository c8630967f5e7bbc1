import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';

import { graphResourceOf, issuerOf, SCOPES, SERVICE_SCOPE } from '@affluent/service';
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

/** How the stand-in answers services: as the users subgraph does, without the data, or not at all. */
type ServiceAnswers = 'normal' | 'empty' | 'away';

/**
 * Stands in for the users subgraph, over real HTTP: signing keys, tokens, memberships and deleted workspaces. Tests decide
 * who belongs where and what was deleted. Tokens are real JWTs.
 */
export async function startUsersNeighbour(publicUrl: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const roles = new Map<string, Map<string, WorkspaceRole>>();
  const ended = new Set<string>();
  const deleted = new Set<string>();
  const forServices = { answers: 'normal' as ServiceAnswers, asked: 0 };
  const changes = new EventEmitter().setMaxListeners(0);
  const claimsOf = async (authorization = ''): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), publicKey);
    if (payload.cnf) throw new Error('A subgraph received a token that is bound to a key.');
    return payload;
  };
  const userOf = async (authorization?: string): Promise<string> =>
    String((await claimsOf(authorization)).sub);
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
      .setIssuer(issuerOf(publicUrl))
      .setAudience(graphResourceOf(publicUrl))
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  /** Client credentials of our own services, and the exchange of a token that is bound to a key. */
  const issueToken = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const parameters = new URLSearchParams(await text(req));
    const isService = parameters.get('grant_type') === 'client_credentials';
    const claims = isService
      ? serviceClaims(req)
      : (await jwtVerify(parameters.get('subject_token') ?? '', publicKey)).payload;
    const { cnf: _key, ...unbound } = claims;
    const access_token = await sign(unbound);
    res.end(JSON.stringify({ access_token, token_type: 'Bearer', expires_in: 300 }));
  };
  const membershipsOf = (userId: string) =>
    [...(roles.get(userId) ?? [])].map(([id, role]) => ({ role, workspace: { id } }));
  /** Answers `deletedWorkspaces`. */
  const answerService = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { variables } = (await json(req)) as { variables: { among: readonly string[] } };
    forServices.asked += 1;
    if (forServices.answers === 'away') return void res.writeHead(503).end();
    const deletedWorkspaces =
      forServices.answers === 'empty' ? null : variables.among.filter((id) => deleted.has(id));
    res.end(JSON.stringify({ data: { deletedWorkspaces } }));
  };
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const claims = await claimsOf(req.headers.authorization);
    if (claims.service !== undefined) return answerService(req, res);
    const userId = String(claims.sub);
    if (ended.has(userId)) res.statusCode = 401;
    res.end(JSON.stringify({ data: { viewer: { memberships: membershipsOf(userId) } } }));
  };
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    const jwks = { keys: [jwk] };
    if (req.url === '/oidc/jwks') res.end(JSON.stringify(jwks));
    else if (req.url === '/readyz') res.end('{}');
    else if (req.url === '/oidc/token') void issueToken(req, res);
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
              const answer = () => {
                if (!ended.has(userId)) return { membershipsChanged: membershipsOf(userId) };
                const extensions = { code: 'UNAUTHENTICATED' };
                throw new GraphQLError('The access token has been ended.', { extensions });
              };
              // Listens before it answers: a change in between would be lost.
              const changed = on(changes, 'changed', { signal });
              yield answer();
              for await (const _ of changed) yield answer();
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
    /** Makes a person a member of a workspace. */
    join(userId: string, workspaceId: string, role: WorkspaceRole): void {
      roles.set(
        userId,
        (roles.get(userId) ?? new Map<string, WorkspaceRole>()).set(workspaceId, role),
      );
    },
    /** Deletes a workspace: what services hear of it. */
    deleteWorkspace(workspaceId: string): void {
      deleted.add(workspaceId);
    },
    /** Changes how services are answered. */
    answerServices(answers: ServiceAnswers): void {
      forServices.answers = answers;
    },
    /** How often a service has asked. */
    asked: (): number => forServices.asked,
    /** Removes a membership and notifies subscribers. */
    leave(userId: string, workspaceId: string): void {
      roles.get(userId)?.delete(workspaceId);
      changes.emit('changed');
    },
    /** Revokes all tokens of a person and notifies subscribers. */
    endTokens(userId: string): void {
      ended.add(userId);
      changes.emit('changed');
    },
    /** The connections of subscribers. */
    watchers: (): ReadonlySet<WebSocket> => sockets.clients,
    /** An access token for a person, as the users subgraph would issue it, with further claims. */
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

/** The claims of a service's token, from its client id (`affluent-datasets`). */
function serviceClaims({ headers }: IncomingMessage): JWTPayload {
  const [, basic = ''] = (headers.authorization ?? '').split(' ');
  const [clientId = ''] = Buffer.from(basic, 'base64').toString().split(':');
  const service = clientId.replace('affluent-', '');
  return { sub: clientId, client_id: clientId, scope: SERVICE_SCOPE, service };
}
