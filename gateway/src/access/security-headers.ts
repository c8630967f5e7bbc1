import type { RequestHandler } from 'express';
import helmet from 'helmet';

interface SecurityHeaderOptions {
  readonly secure: boolean;
  /** The development server of the web client injects scripts into its page and uses its own WebSocket. */
  readonly isDevelopment: boolean;
}

/** Restricts browsers: pages load from this origin only, are never framed, and types are never guessed. */
export function securityHeaders({ secure, isDevelopment }: SecurityHeaderOptions): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: isDevelopment ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: secure,
    xFrameOptions: { action: 'deny' },
  });
}
