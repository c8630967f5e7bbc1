import { CALLER_ADDRESS_HEADER, traceHeaders } from '@affluent/service';
import type { RequestHandler } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

import type { ClientAddress } from './client-address.ts';

interface OidcProxyOptions {
  readonly usersUrl: string;
  readonly addressOf: ClientAddress;
}

/** RFC 8414, 3.1: clients also look for the metadata of an issuer with a path at the end of the well-known path. */
const METADATA = /^\/\.well-known\/(oauth-authorization-server|openid-configuration)\/oidc(?=$|\?)/;

/**
 * Forwards `/oidc/*` to the users subgraph, so that the issuer is on the product's one origin. Forwarding headers of clients are
 * replaced: the provider limits attempts by the address that the gateway determined.
 */
export function oidcProxy({ usersUrl, addressOf }: OidcProxyOptions): RequestHandler {
  return createProxyMiddleware({
    target: usersUrl,
    pathFilter: (path) => /^\/oidc(?=[/?]|$)/.test(path) || METADATA.test(path),
    pathRewrite: (path) => path.replace(METADATA, '/oidc/.well-known/$1'),
    on: {
      proxyReq: (proxied, request) => {
        proxied.removeHeader('forwarded');
        proxied.setHeader(CALLER_ADDRESS_HEADER, addressOf(request) ?? '');
        for (const [name, value] of Object.entries(traceHeaders())) proxied.setHeader(name, value);
      },
      error: (_error, _request, response) => {
        if ('writeHead' in response && !response.headersSent) {
          response
            .writeHead(503, { 'content-type': 'text/plain' })
            .end('Sign-in is not available. Try again in a moment.');
        }
      },
    },
  });
}
