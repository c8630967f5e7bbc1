import { createHash } from 'node:crypto';

import type { Logger } from '@affluent/service';

import { type Executor, FederatedGateway } from './federated-gateway.ts';
import { createGraph, type Graph } from './graph.ts';
import type { Subgraphs } from './subgraph.ts';
import { withoutAccessRules } from './without-access-rules.ts';

/** Where supergraphs come from. */
export interface SupergraphSource {
  readonly sdl: string;
  /** Stops looking for others. */
  readonly stop: () => Promise<void>;
}

interface GraphsOptions {
  /**
   * Reads the first supergraph and follows what comes after it.
   *
   * @param take - puts another one in force; rejects when it cannot be served, and the one before stays.
   */
  readonly follow: (take: (sdl: string) => Promise<void>) => Promise<SupergraphSource>;
  readonly subgraphs: Subgraphs;
  /** Executes operations, given the executor of @apollo/gateway. */
  readonly executor: (apollo: Executor) => Executor;
  readonly log: Logger;
}

/** The graph in force, which another may follow while operations run. */
export interface Graphs {
  /** @throws {Error} before the gateway has loaded. */
  readonly current: () => Graph;
  /** For Apollo Server, which loads and stops it. */
  readonly gateway: FederatedGateway;
}

/** So many operations are planned before a supergraph is put in force. */
const OPERATIONS_TO_WARM = 200;

/** Each operation runs to its end in the graph that it was validated by. */
export function createGraphs({ follow, subgraphs, executor, log }: GraphsOptions): Graphs {
  let inForce: Graph | undefined;
  /** By the text that ApolloGateway gets: what it is about to put in force. */
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
 * The supergraph as ApolloGateway loads it. It takes a text that it knows for no change, so a digest of the whole text stands
 * before it: a change of access rules alone counts too.
 */
const loadableBy = (sdl: string): string =>
  `# ${createHash('sha256').update(sdl).digest('hex')}\n${withoutAccessRules(sdl)}`;
