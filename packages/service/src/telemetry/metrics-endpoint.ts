import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestListener } from 'node:http';

import { collectDefaultMetrics, register } from 'prom-client';

/**
 * Serves the metrics of this process in Prometheus' text format to callers with the token. Without a configured token it serves
 * none: which operations run, and how many, is not public.
 */
export function metricsEndpoint(token: string | undefined): RequestListener {
  if (!token) {
    return (_req, res) => {
      res.writeHead(404).end();
    };
  }
  measureProcess();
  const expected = digest(`Bearer ${token}`);
  return (req, res) => {
    if (!timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) {
      res.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    register.metrics().then(
      (text) => {
        const head = { 'content-type': register.contentType, 'cache-control': 'no-store' };
        res.writeHead(200, head).end(text);
      },
      (error: Error) => res.destroy(error),
    );
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Memory, processor time, the event loop's delay, garbage collection. */
function measureProcess(): void {
  if (!register.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics();
}
