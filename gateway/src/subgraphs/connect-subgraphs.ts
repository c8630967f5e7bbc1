import type { Config } from '../config.ts';
import type { Subgraphs } from '../graph/subgraph.ts';
import { connectSubgraph, type Sent } from './connection.ts';
import { createInFlight } from './in-flight.ts';
import { observeSubgraph } from './observe-subgraph.ts';
import { ownSubgraphUrls, type SubgraphUrls, subgraphUrls } from './subgraphs.ts';

interface SubgraphConnections extends AsyncDisposable {
  readonly subgraphs: Subgraphs;
  readonly urls: SubgraphUrls;
  /** Whether the product's own subgraphs are ready to serve. Rejects when one does not answer. */
  readonly areReady: () => Promise<boolean>;
}

const READY_MILLISECONDS = 2_000;

/** Opens the connections to all subgraphs. */
export function connectSubgraphs(config: Config): SubgraphConnections {
  const urls = subgraphUrls(config);
  const inFlight = createInFlight<Sent>();
  const timeoutMilliseconds = config.REQUEST_TIMEOUT_MILLISECONDS;
  const connections = Object.entries(urls).map(
    ([name, url]) => [name, connectSubgraph({ name, url, timeoutMilliseconds, inFlight })] as const,
  );
  return {
    urls,
    subgraphs: Object.fromEntries(
      connections.map(([name, { ask }]) => [name, observeSubgraph(name, ask)]),
    ),
    areReady: async () =>
      (await Promise.all(Object.values(ownSubgraphUrls(config)).map(isReady))).every(Boolean),
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map(([, connection]) => connection[Symbol.asyncDispose]()));
    },
  };
}

const isReady = async (url: string): Promise<boolean> =>
  (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(READY_MILLISECONDS) })).ok;
