import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import express, { type RequestHandler, Router } from 'express';

const DIST = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Serves the built web client: its files, and its one page for every other path. */
export function webClient(): RequestHandler {
  const router = Router();
  // Names of built files contain a hash of their content.
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
