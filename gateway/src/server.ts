import type { AddressInfo } from 'node:net';

import {
  createHttpServer,
  healthRoutes,
  type Logger,
  notFound,
  observeRequests,
  requestErrors,
  requestLog,
} from '@affluent/service';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

import { createIdentification } from './access/create-identification.ts';
import { securityHeaders } from './access/security-headers.ts';
import { createClientAddress } from './client-address.ts';
import type { Config } from './config.ts';
import { createDraining } from './draining.ts';
import { createGateway } from './gateway.ts';
import { oidcProxy } from './oidc-proxy.ts';
import { graphqlRoute } from './transports/graphql-route.ts';
import { compress } from './transports/http/compress.ts';
import { createWebSocketServer } from './transports/websocket/web-socket-server.ts';
import { webClient } from './web-client.ts';

/** Builds the gateway and listens: GraphQL over HTTP and WebSocket, the session, the identity provider's paths, the web client. */
export async function startServer(config: Config, log: Logger) {
  const draining = createDraining(config.DRAIN_MILLISECONDS);
  const app = express().disable('x-powered-by').use(requestLog(log), draining.middleware);
  const httpServer = createHttpServer({
    listener: observeRequests(
      { routes: ['graphql', 'oidc', 'session'], metricsToken: config.METRICS_TOKEN },
      app,
    ),
    webSockets: { path: '/graphql', server: () => webSockets.sockets },
    // A trusted proxy brings the connections of all its clients.
    maxConnectionsOf: (address) =>
      config.TRUSTED_PROXIES(address, 0) ? undefined : config.MAX_CONNECTIONS_PER_ADDRESS,
  });
  const addressOf = createClientAddress(config.TRUSTED_PROXIES);
  const { identify, sessionRoutes } = createIdentification(config, log);
  const gateway = await createGateway({ config, log, httpServer });
  const transport = { ...gateway, identify, addressOf };
  const webSockets = createWebSocketServer({
    ...transport,
    maxPerConnection: config.MAX_SUBSCRIPTIONS_PER_CONNECTION,
    log,
  });

  const isDevelopment = config.WEB_DEV_URL !== undefined;
  app.use(securityHeaders({ secure: config.PUBLIC_URL.startsWith('https:'), isDevelopment }));
  // First, because the others look at each request that reaches them.
  app.use(
    '/graphql',
    graphqlRoute({ ...transport, timeoutMilliseconds: config.REQUEST_TIMEOUT_MILLISECONDS }),
  );
  app.use(healthRoutes(async () => !draining.hasBegun() && (await gateway.areSubgraphsReady())));
  app.use(oidcProxy({ usersUrl: config.USERS_URL, addressOf }));
  app.use('/session', sessionRoutes);
  app.use(
    isDevelopment
      ? createProxyMiddleware({ target: config.WEB_DEV_URL, changeOrigin: true })
      : [compress(), webClient()],
  );
  app.use(notFound, requestErrors(log));

  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });
  return {
    url: `http://${config.HOST}:${(httpServer.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await draining.begin();
      await webSockets.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}
