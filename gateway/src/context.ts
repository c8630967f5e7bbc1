import type { Identity } from '@affluent/service';

import type { Freshness } from './documents/freshness.ts';
import type { LaterParts } from './graph/later-parts.ts';
import type { FetchTimes } from './telemetry/observe-subgraph.ts';

/** Where an answer's deferred parts are left, for a client that takes them one after the other. */
export interface Deferral {
  later?: LaterParts;
}

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  readonly identity: Identity | undefined;
  readonly requestId: string;
  /** The text of the document that is to run, of requests over HTTP. */
  readonly source?: string | undefined;
  /** Hears of each part of the answer how long it holds. */
  readonly freshness?: Freshness;
  /** Absent: the client wants all of the answer at once. */
  readonly deferral?: Deferral | undefined;
  /** Filled with what the operation waits for, for the log. */
  readonly fetchTimes?: FetchTimes;
  /** Network address that the operation came from. */
  readonly address?: string | undefined;
  /** When the answer is of no use any more, in milliseconds since 1970. Absent: the usual time from each fetch on. */
  readonly deadline?: number | undefined;
  /** Aborts when whoever asked has gone away. What a mutation changes goes on, all of it. */
  readonly signal?: AbortSignal | undefined;
  /** {@link Caller.forget}: for when a subgraph refuses the identity. */
  readonly forget: () => Promise<void>;
}
