import type { Identity } from '@affluent/service';
import type { GraphQLError } from 'graphql';

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  readonly identity: Identity | undefined;
  readonly requestId: string;
  /** Subgraphs add for how long their part of the answer may be cached. */
  readonly freshness?: Freshness;
  /** Absent: the client wants the whole answer at once. */
  readonly deferral?: Deferral | undefined;
  /** Filled while the operation runs, for the log of slow operations. */
  readonly fetchTimes?: FetchTimes;
  /** Network address that the operation came from. */
  readonly address?: string | undefined;
  /** When the answer is of no use any more, in milliseconds since 1970. Absent: each fetch has the usual time. */
  readonly deadline?: number | undefined;
  /** Aborts when the client has gone. Mutations run to their end all the same. */
  readonly signal?: AbortSignal | undefined;
  /** {@link Caller.forget}, to be called when a subgraph refuses the identity. */
  readonly forget: () => Promise<void>;
}

/** For how long an answer may be cached: as long as each of its parts. */
export interface Freshness {
  /** Takes in the `cache-control` of a subgraph's answer. */
  readonly restrict: (cacheControl: string | undefined) => void;
  /** 0 when the answer must not be cached, or when no subgraph took part in it. */
  readonly seconds: () => number;
}

/** Milliseconds that an operation waited for each subgraph, by name. Parallel fetches count twice. */
export type FetchTimes = Map<string, number>;

/** Receives an answer's deferred parts, for a client that takes them one after the other. */
export interface Deferral {
  later?: LaterParts;
}

/** The parts of an answer that follow its first. */
export type LaterParts = AsyncGenerator<LaterPart, void>;

/** One of them (incremental delivery of 2022-08-24, as Apollo Router sends it). */
export interface LaterPart {
  readonly incremental: readonly DeferredAnswer[];
  readonly hasNext: boolean;
}

/** The deferred part of one object. */
export interface DeferredAnswer {
  readonly data: Record<string, unknown> | null;
  readonly path: readonly (string | number)[];
  readonly label?: string;
  readonly errors?: readonly GraphQLError[];
}
