import { Router } from 'express';

/**
 * `/healthz` answers 200 while the process lives; `/readyz` answers 200 once `isReady` holds, else 503.
 * Both need no authentication and reveal nothing else.
 */
export function healthRoutes(isReady: () => Promise<boolean>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const ready = await isReady().catch(() => false);
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  return router;
}
