import { createHash } from 'node:crypto';

import type { Identity, Span } from '@affluent/service';
import { type DocumentNode, type ExecutionResult, GraphQLError, print } from 'graphql';

import type { Caller } from '../access/caller.ts';
import type { Graph } from '../graph/graph.ts';
import type { SubgraphUrls } from '../subgraphs/subgraphs.ts';
import { endWithToken } from './end-with-token.ts';
import type { EventQueue } from './event-queue.ts';
import { createOpenCounts, type OpenCounts } from './open-counts.ts';
import { planForCaller } from './plan-for-caller.ts';
import { makeResumable } from './resumable.ts';
import { openSource, type Source } from './source.ts';
import { createUpstreamSockets } from './upstream-sockets.ts';
import { subscribeUpstream } from './upstream.ts';

export interface SubscriptionRequest {
  /** The graph that validated the document. */
  readonly graph: Graph;
  /** Valid, and a subscription. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** The caller's, with a valid token. */
  readonly identity: Identity;
  readonly requestId: string;
  /** The span in which it opens. Spans of its events link to it. */
  readonly span: Span;
}

/** The subscriptions of all clients, over any transport. */
export interface Subscriptions {
  /**
   * The events of a subscription. It may end with an error result: UNAUTHENTICATED when its token ends, FORBIDDEN when its right
   * ends, SLOW_CONSUMER, UNAVAILABLE.
   * @throws {GraphQLError} when the caller may not have it, or has too many.
   */
  readonly subscribe: (request: SubscriptionRequest) => AsyncIterableIterator<ExecutionResult>;
  /** Ends all of them with UNAVAILABLE, so that clients subscribe again. */
  readonly close: () => void;
}

interface SubscriptionsOptions {
  readonly urls: SubgraphUrls;
  readonly maxPerUser: number;
  /** Default: in the memory of this process. */
  readonly openCounts?: OpenCounts;
  /** How long a subgraph may be gone, in milliseconds. */
  readonly patienceMilliseconds: number;
}

/**
 * Runs subscriptions. Those that ask for the same, from now on and with the same rights, share one at the subgraph and what it
 * is completed to; all of a token share a connection to each subgraph (docs/decisions/0004-shared-subscriptions.md).
 */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { urls, maxPerUser, openCounts = createOpenCounts(), patienceMilliseconds } = options;
  const sockets = createUpstreamSockets();
  /** Separate for each graph: the same operation may mean something else in the next. */
  const shared = new WeakMap<Graph, Map<string, Source>>();
  const all = new Set<Source>();

  const open = (request: SubscriptionRequest, onEnd: () => void) => {
    const { operationName, variables, requestId, identity, span } = request;
    const { schema, planner, access } = request.graph;
    const resumable = makeResumable(schema, request.document, operationName, variables);
    const document = resumable?.document ?? request.document;
    const plan = planForCaller({ planner, access, document, operationName, variables, identity });
    const { serviceName, query } = plan.primary;
    const source = openSource({
      plan,
      resumable,
      requestId,
      span,
      open: (caller) =>
        subscribeUpstream({
          sockets,
          serviceName,
          url: `${urls[serviceName]}/graphql`,
          caller,
          requestId,
          query,
          variables: plan.primary.variables,
          resume: resumable,
          patienceMilliseconds,
        }),
      onEnd: () => {
        all.delete(source);
        onEnd();
      },
    });
    all.add(source);
    // With a cursor, each begins elsewhere.
    return { source, isShareable: resumable?.after === undefined };
  };

  const sourceFor = (request: SubscriptionRequest): Source => {
    const { graph } = request;
    const sources = shared.get(graph) ?? new Map<string, Source>();
    shared.set(graph, sources);
    const key = keyOf(request);
    const same = sources.get(key);
    if (same) return same;
    const { source, isShareable } = open(request, () => {
      if (sources.get(key) === source) sources.delete(key);
    });
    if (isShareable) sources.set(key, source);
    return source;
  };

  return {
    subscribe(request) {
      const leave = openCounts.add(request.identity.userId, maxPerUser);
      if (!leave) throw tooMany(maxPerUser);
      let events: EventQueue<ExecutionResult>;
      try {
        events = sourceFor(request).join(request.caller);
      } catch (error) {
        leave();
        throw error;
      }
      return endWithToken(events, request, leave);
    },
    close() {
      const extensions = { code: 'UNAVAILABLE' };
      const error = new GraphQLError('The server is stopping. Subscribe again.', { extensions });
      for (const source of all) source.end({ errors: [error] });
    },
  };
}

const tooMany = (max: number): GraphQLError =>
  new GraphQLError(`You have ${max} subscriptions open, which is the limit. End some of them.`, {
    extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
  });

/** The request and everything that its answer depends on. */
function keyOf({ document, operationName, variables, identity }: SubscriptionRequest): string {
  const { userId, clientId, grantId, accessTokenId, scopes, isClientAlone } = identity;
  const rights = [userId, clientId, grantId, accessTokenId, [...scopes].toSorted(), isClientAlone];
  return createHash('sha256')
    .update(JSON.stringify([rights, print(document), operationName, variables]))
    .digest('hex');
}
