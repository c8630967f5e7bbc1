import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import express, { type RequestHandler, Router } from 'express';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Serves the built web client: its files as they are, and its one page for every address that is not a file. */
export function webClient(): RequestHandler {
  const router = Router();
  // Built files carry a hash of their content in the name.
  router.use(
    '/assets',
    express.static(`${DIST}/assets`, { immutable: true, maxAge: '365d', fallthrough: false }),
  );
  router.use(express.static(DIST, { index: false }));
  router.get('/{*path}', (req, res, next) => {
    if (!req.accepts('html')) return next();
    if (!existsSync(`${DIST}/index.html`))
      return res.status(503).send('The web client is not built: npm run build');
    return res.sendFile(`${DIST}/index.html`, { headers: { 'cache-control': 'no-cache' } });
  });
  return router;
}
