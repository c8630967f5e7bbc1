import { Counter, DURATION_BUCKETS, Gauge, Histogram } from '@affluent/service';

// Metrics of the gateway beside those of requests and operations, which `@affluent/service` records for every service. Labels
// have few values, and none that clients choose.

/** Times of planning: one for each miss in `graphql_plan_cache_lookups_total`. */
export const planDuration = new Histogram({
  name: 'graphql_plan_duration_seconds',
  help: 'Time to plan an operation that was not planned before.',
  buckets: DURATION_BUCKETS,
});

export const planLookups = new Counter({
  name: 'graphql_plan_cache_lookups_total',
  help: 'Lookups of operations among those that are planned.',
  labelNames: ['result'] as readonly 'result'[],
});

export const subgraphDuration = new Histogram({
  name: 'graphql_subgraph_request_duration_seconds',
  help: 'Time that a subgraph takes to answer a fetch; outcome: ok, error (it answered with errors), failed (it did not answer).',
  labelNames: ['subgraph', 'outcome'],
  buckets: DURATION_BUCKETS,
});

/** 1 while the breaker of a subgraph is open. */
export const circuitOpen = new Gauge({
  name: 'graphql_subgraph_circuit_open',
  help: 'Whether requests to a subgraph fail at once, because it failed too often.',
  labelNames: ['subgraph'],
});

/** `transport`: `websocket`, `sse` or `multipart`. */
export const openSubscriptions = new Gauge({
  name: 'graphql_subscriptions_open',
  help: 'Open subscriptions of clients.',
  labelNames: ['transport'],
});

export const subscriptionEvents = new Counter({
  name: 'graphql_subscription_events_total',
  help: 'Events sent to clients.',
  labelNames: ['transport'],
});

export const uploadsInFlight = new Gauge({
  name: 'graphql_uploads_in_flight',
  help: 'Files that are being forwarded to a subgraph.',
});

export const uploadedBytes = new Counter({
  name: 'graphql_upload_bytes_total',
  help: 'Bytes of files forwarded to a subgraph.',
});
