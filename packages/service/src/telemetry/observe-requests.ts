import type { RequestListener, ServerResponse } from 'node:http';

import { Histogram } from 'prom-client';

import { metricsEndpoint } from './metrics-endpoint.ts';
import { DURATION_BUCKETS, OTHER } from './metrics.ts';
import { beginSpan, inTraceOf, markFailed } from './spans.ts';

interface ObserveOptions {
  /** First segments of the paths that are traced and have their own label: `graphql` for `/graphql/…`. Others are `other`. */
  readonly routes: readonly string[];
  /** The bearer token for `/metrics`; without one, `/metrics` is not available. */
  readonly metricsToken: string | undefined;
}

const duration = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'Time from the head of a request to the end of its answer, but for streams of events.',
  labelNames: ['http_request_method', 'http_response_status_code', 'http_route'],
  buckets: DURATION_BUCKETS,
});

/**
 * Measures each request and serves it with `listener` in a span, in the trace of its sender (`traceparent`). Answers `/metrics`
 * itself.
 */
export function observeRequests(
  { routes, metricsToken }: ObserveOptions,
  listener: RequestListener,
): RequestListener {
  const known = new Map(routes.map((route) => [route, `/${route}`]));
  const metrics = metricsEndpoint(metricsToken);
  return (req, res) => {
    const { method = '', url = '' } = req;
    const [, first = ''] = /^\/([^/?]*)/.exec(url) ?? [];
    if (first === 'metrics') return metrics(req, res);
    const start = performance.now();
    const route = known.get(first);
    res.once('close', () => {
      if (isStream(res)) return;
      duration.observe(
        {
          http_request_method: method,
          http_response_status_code: res.statusCode,
          http_route: route ?? OTHER,
        },
        (performance.now() - start) / 1000,
      );
    });
    if (!route) return listener(req, res);
    const attributes = { 'http.request.method': method, 'http.route': route };
    return inTraceOf(req.headers, () =>
      beginSpan(`${method} ${route}`, { kind: 'SERVER', attributes }, (span) => {
        res.once('close', () => {
          span.setAttribute('http.response.status_code', res.statusCode);
          if (!res.writableFinished) markFailed(span, 'aborted');
          else if (res.statusCode >= 500) markFailed(span, String(res.statusCode));
          span.end();
        });
        listener(req, res);
      }),
    );
  };
}

/** The client decides how long an answer of this kind lasts. */
const isStream = (res: ServerResponse): boolean =>
  /^(text\/event-stream|multipart\/mixed)/.test(String(res.getHeader('content-type')));
