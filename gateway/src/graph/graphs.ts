import { createHash } from 'node:crypto';

import type { Logger } from '@affluent/service';

import { type Executor, FederatedGateway } from './federated-gateway.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Subgraphs } from './subgraph.ts';
import { withoutAccessRules } from './without-access-rules.ts';

/** A followed supergraph. */
export interface SupergraphSource {
  readonly sdl: string;
  /** Stops following. */
  readonly stop: () => Promise<void>;
}

interface GraphsOptions {
  /**
   * Reads the first supergraph and follows later ones.
   *
   * @param take - switches to a supergraph; rejects when it cannot be served, and the last one stays.
   */
  readonly follow: (take: (sdl: string) => Promise<void>) => Promise<SupergraphSource>;
  readonly subgraphs: Subgraphs;
  /** Executes operations, given the executor of @apollo/gateway. */
  readonly executor: (apollo: Executor) => Executor;
  readonly log: Logger;
}

/** The current graph. Another may replace it while operations run. */
export interface Graphs {
  /** @throws {Error} before the gateway has loaded. */
  readonly current: () => Graph;
  /** For Apollo Server, which loads and stops it. */
  readonly gateway: FederatedGateway;
}

/** How many operations are planned before the gateway switches to a supergraph. */
const OPERATIONS_TO_WARM = 200;

/** Loads graphs. Each operation runs to its end in the graph that validated it. */
export function createGraphs({ follow, subgraphs, executor, log }: GraphsOptions): Graphs {
  let inForce: Graph | undefined;
  /** Graphs that ApolloGateway is about to switch to, by the text that it gets. */
  const prepared = new Map<string, Graph>();

  const prepare = (sdl: string): { readonly graph: Graph; readonly loadable: string } => {
    const graph = createGraph(sdl, subgraphs);
    const loadable = loadableBy(sdl);
    prepared.set(loadable, graph);
    return { graph, loadable };
  };
  const current = (): Graph => {
    if (!inForce) throw new Error('The gateway has not loaded a supergraph yet.');
    return inForce;
  };

  const gateway = new FederatedGateway({
    subgraphs,
    logger: log,
    supergraphSdl: {
      async initialize({ update }) {
        const { sdl, stop } = await follow(async (next) => {
          const { graph, loadable } = prepare(next);
          try {
            await graph.warmUp(current().mostUsed().slice(0, OPERATIONS_TO_WARM));
            update(loadable);
          } finally {
            prepared.clear();
          }
        });
        return { supergraphSdl: prepare(sdl).loadable, cleanup: stop };
      },
    },
    executor,
  });
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
    const graph = prepared.get(coreSupergraphSdl);
    if (!graph) throw new Error('A supergraph was loaded that was not prepared.');
    inForce = graph;
  });
  return { current, gateway };
}

/**
 * The supergraph as ApolloGateway loads it. It ignores a text that it has already, so a digest of the whole text comes first:
 * a change of access rules alone counts too.
 */
const loadableBy = (sdl: string): string =>
  `# ${createHash('sha256').update(sdl).digest('hex')}\n${withoutAccessRules(sdl)}`;
