import { traceHeaders } from '@affluent/service';
import type { RequestHandler } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

interface OidcProxyOptions {
  readonly usersUrl: string;
}

/** RFC 8414, 3.1: of an issuer with a path, the metadata is also looked for with the path at the end. */
const METADATA = /^\/\.well-known\/(oauth-authorization-server|openid-configuration)\/oidc(?=$|\?)/;

/**
 * Hands `/oidc/*` on to the users subgraph as it came, so that the issuer lives on the product's one origin. What a
 * client says of forwarding is dropped: the provider limits attempts by the address that we see.
 */
export function oidcProxy({ usersUrl }: OidcProxyOptions): RequestHandler {
  return createProxyMiddleware({
    target: usersUrl,
    pathFilter: (path) => /^\/oidc(?=[/?]|$)/.test(path) || METADATA.test(path),
    pathRewrite: (path) => path.replace(METADATA, '/oidc/.well-known/$1'),
    on: {
      proxyReq: (proxied, request) => {
        proxied.removeHeader('forwarded');
        proxied.setHeader('x-forwarded-for', request.socket.remoteAddress ?? '');
        for (const [name, value] of Object.entries(traceHeaders())) proxied.setHeader(name, value);
      },
      error: (_error, _request, response) => {
        if ('writeHead' in response && !response.headersSent) {
          response
            .writeHead(503, { 'content-type': 'text/plain' })
            .end('Signing in is not available. Try again soon.');
        }
      },
    },
  });
}
