import { Counter, DURATION_BUCKETS, Gauge, Histogram } from '@affluent/service';

// What the gateway measures beyond requests and operations, which `@affluent/service` does for every service. Labels have few
// values: never what a client made up.

/** Times of planning; the rest of the `graphql_plan_cache_lookups_total` were found. */
export const planDuration = new Histogram({
  name: 'graphql_plan_duration_seconds',
  help: 'Time that it takes to plan an operation that was not planned before.',
  buckets: DURATION_BUCKETS,
});

export const planLookups = new Counter({
  name: 'graphql_plan_cache_lookups_total',
  help: 'Operations that were looked for among those that are planned.',
  labelNames: ['result'] as readonly 'result'[],
});

export const subgraphDuration = new Histogram({
  name: 'graphql_subgraph_request_duration_seconds',
  help: 'Time that a subgraph takes to answer a fetch of a plan; outcome: ok, error (it answered with errors), failed (it did not answer).',
  labelNames: ['subgraph', 'outcome'],
  buckets: DURATION_BUCKETS,
});

/** 1 while a subgraph is left alone because it failed too often. */
export const circuitOpen = new Gauge({
  name: 'graphql_subgraph_circuit_open',
  help: 'Whether a subgraph is left alone, because it failed too often.',
  labelNames: ['subgraph'],
});

/** `transport`: `websocket`, `sse` or `multipart`. */
export const openSubscriptions = new Gauge({
  name: 'graphql_subscriptions_open',
  help: 'Subscriptions of clients that are open.',
  labelNames: ['transport'],
});

export const subscriptionEvents = new Counter({
  name: 'graphql_subscription_events_total',
  help: 'Events that were sent to clients.',
  labelNames: ['transport'],
});

export const uploadsInFlight = new Gauge({
  name: 'graphql_uploads_in_flight',
  help: 'Files that are being passed on to a subgraph.',
});

export const uploadedBytes = new Counter({
  name: 'graphql_upload_bytes_total',
  help: 'Bytes of files that were passed on to a subgraph.',
});
