import type { RequestHandler } from 'express';
import helmet from 'helmet';

interface SecurityHeaderOptions {
  readonly secure: boolean;
  /** The development server of the web client puts scripts into its page and listens on a socket of its own. */
  readonly isDevelopment: boolean;
}

/** What browsers may do with our pages: load from this origin only, never be framed, never guess types. */
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
