import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

import {
  apolloTelemetryOff,
  createHttpServer,
  createTokenVerifier,
  healthRoutes,
  type Logger,
  notFound,
  observeRequests,
  requestErrors,
  requestLog,
} from '@affluent/service';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

import { createCallerReader } from './access/caller.ts';
import { createProofVerifier } from './access/dpop.ts';
import { identityGuard } from './access/identity-guard.ts';
import { createDenialReporter } from './access/report-denials.ts';
import { securityHeaders } from './access/security-headers.ts';
import { createTokenExchange } from './access/token-exchange.ts';
import { createClientAddress } from './client-address.ts';
import { compress } from './compress.ts';
import type { Config } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createAdmission } from './cost/admission.ts';
import { costPlugin } from './cost/cost-plugin.ts';
import { SHAPE_LIMITS } from './cost/limits.ts';
import { deferPlugin } from './defer-plugin.ts';
import { createDocuments } from './documents/documents.ts';
import { freshnessPlugin } from './documents/freshness.ts';
import { documentPlugin } from './documents/http-document.ts';
import { openTrustedDocuments } from './documents/trusted-documents.ts';
import { createDraining } from './draining.ts';
import { createErrorFormatter } from './errors.ts';
import { createGraphs } from './graph/graphs.ts';
import { graphqlRoute } from './graphql-route.ts';
import { jsonStatus } from './json-status.ts';
import { oidcProxy } from './oidc-proxy.ts';
import { createOidcClient } from './session/oidc-client.ts';
import { createSealedCookie } from './session/sealed-cookie.ts';
import { type PendingSignIn, sessionRoutes } from './session/session-routes.ts';
import { createSessionStore, type SessionContent } from './session/session-store.ts';
import { connectSubgraph, type Sent } from './subgraphs/connection.ts';
import { createInFlight } from './subgraphs/in-flight.ts';
import { ownSubgraphUrls, subgraphUrls } from './subgraphs/subgraphs.ts';
import { createSubscriptions } from './subscriptions/subscriptions.ts';
import { createWebSocketServer } from './subscriptions/web-socket-server.ts';
import { followSupergraph } from './supergraph/follow-supergraph.ts';
import { observeGatewayOperations } from './telemetry/observe-operations.ts';
import { observeSubgraph } from './telemetry/observe-subgraph.ts';
import { webClient } from './web-client.ts';

const SUPERGRAPH = fileURLToPath(new URL('../../supergraph.graphql', import.meta.url));
const SESSION_SECONDS = 14 * 24 * 3600;
const SIGN_IN_SECONDS = 10 * 60;

/** Starts the one door: GraphQL over HTTP and WebSocket, the session, the identity provider's paths, the web client. */
export async function startServer(config: Config, log: Logger) {
  const publicUrl = config.PUBLIC_URL;
  const usersUrl = config.USERS_URL;
  const urls = subgraphUrls(config);
  const addressOf = createClientAddress(config.TRUSTED_PROXIES);
  const secure = publicUrl.startsWith('https:');
  const sealed = { key: config.SESSION_KEY, secure };

  const oidc = createOidcClient({
    publicUrl,
    usersUrl,
    clientSecret: config.GATEWAY_CLIENT_SECRET,
  });
  const cookie = createSealedCookie<SessionContent>({
    ...sealed,
    name: 'affluent_session',
    maxAgeSeconds: SESSION_SECONDS,
  });
  const pending = createSealedCookie<PendingSignIn>({
    ...sealed,
    name: 'affluent_sign_in',
    maxAgeSeconds: SIGN_IN_SECONDS,
  });
  const sessions = createSessionStore(oidc, cookie);
  const identify = createCallerReader({
    publicUrl,
    sessions,
    verifyToken: createTokenVerifier({ publicUrl, usersUrl, acceptsKeyBound: true }),
    verifyProof: createProofVerifier(),
    tokens: createTokenExchange(oidc, publicUrl),
  });

  const draining = createDraining(config.DRAIN_MILLISECONDS);
  const app = express().disable('x-powered-by').use(requestLog(log), draining.middleware);
  const observed = observeRequests(
    { routes: ['graphql', 'oidc', 'session'], metricsToken: config.METRICS_TOKEN },
    app,
  );
  const httpServer = createHttpServer({
    listener: observed,
    webSockets: { path: '/graphql', server: () => webSockets.sockets },
    // A trusted proxy brings the connections of all its clients.
    maxConnectionsOf: (address) =>
      config.TRUSTED_PROXIES(address, 0) ? undefined : config.MAX_CONNECTIONS_PER_ADDRESS,
  });
  const formatError = createErrorFormatter(log);
  const timeoutMilliseconds = config.REQUEST_TIMEOUT_MILLISECONDS;
  const inFlight = createInFlight<Sent>();
  const connections = Object.entries(urls).map(
    ([name, url]) => [name, connectSubgraph({ name, url, timeoutMilliseconds, inFlight })] as const,
  );
  const subgraphs = Object.fromEntries(
    connections.map(([name, { ask }]) => [name, observeSubgraph(name, ask)]),
  );
  const graphs = createGraphs({
    follow: followSupergraph({ path: config.SUPERGRAPH_PATH ?? SUPERGRAPH, log }),
    subgraphs,
    executor: config.QUERY_EXECUTOR,
    log,
  });

  const admission = createAdmission({
    costMax: config.COST_MAX,
    costPerMinute: config.COST_PER_MINUTE,
    isDevelopment: config.WEB_DEV_URL !== undefined,
  });

  const trusted = await openTrustedDocuments(log);
  const documents = createDocuments({
    trusted: trusted.current,
    onlyTrusted: config.ALLOWED_DOCUMENTS === 'trusted',
  });

  const denials = createDenialReporter({ usersUrl, log });
  const apollo = new ApolloServer<GatewayContext>({
    gateway: graphs.gateway,
    formatError,
    includeStacktraceInErrorResponses: false,
    // Who may ask for it, the admission decides.
    introspection: true,
    parseOptions: { maxLexicalTokens: SHAPE_LIMITS.tokens },
    // Without a JSON body nothing runs that changes something, and a page of another site has no session here (`caller.ts`).
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    logger: log,
    // `documents` does that, for every way into the graph.
    persistedQueries: false,
    plugins: [
      ...apolloTelemetryOff(),
      observeGatewayOperations({
        log,
        slowMilliseconds: config.SLOW_OPERATION_MILLISECONDS,
        trusted: trusted.current,
      }),
      documentPlugin,
      freshnessPlugin,
      ApolloServerPluginCacheControlDisabled(),
      identityGuard,
      costPlugin({ admission, costs: () => graphs.current().costs }),
      jsonStatus,
      denials.plugin,
      deferPlugin({ formatError, reportDenials: denials.reportDenials }),
      ApolloServerPluginDrainHttpServer({ httpServer }),
    ],
  });
  await apollo.start();

  const subscriptions = createSubscriptions({
    graph: graphs.current,
    urls,
    mostPerUser: config.MAX_SUBSCRIPTIONS_PER_USER,
    patienceMilliseconds: config.UPSTREAM_PATIENCE_MILLISECONDS,
  });
  const door = {
    documents,
    admission,
    graph: graphs.current,
    identify,
    addressOf,
    subscriptions,
    formatError,
  };
  const webSockets = createWebSocketServer({
    ...door,
    apollo,
    mostPerConnection: config.MAX_SUBSCRIPTIONS_PER_CONNECTION,
    log,
  });

  app.use(securityHeaders({ secure, isDevelopment: config.WEB_DEV_URL !== undefined }));
  const compressed = compress();
  // Before the others, which look at each request that gets to them.
  app.use('/graphql', compressed, graphqlRoute({ ...door, apollo, timeoutMilliseconds }));
  app.use(
    healthRoutes(
      async () =>
        !draining.hasBegun() &&
        (await Promise.all(Object.values(ownSubgraphUrls(config)).map(isReady))).every(Boolean),
    ),
  );
  app.use(oidcProxy({ usersUrl, addressOf }));
  app.use('/session', sessionRoutes({ publicUrl, oidc, sessions, pending, log }));
  const devClient = config.WEB_DEV_URL
    ? createProxyMiddleware({ target: config.WEB_DEV_URL, changeOrigin: true })
    : undefined;
  app.use(devClient ?? [compressed, webClient()]);
  app.use(notFound, requestErrors(log));

  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });

  return {
    url: `http://${config.HOST}:${(httpServer.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await draining.begin();
      await trusted[Symbol.asyncDispose]();
      await webSockets.close();
      subscriptions.close();
      await apollo.stop();
      await Promise.all(connections.map(([, connection]) => connection[Symbol.asyncDispose]()));
    },
  };
}

const isReady = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
