import type { Logger } from '@affluent/service';

import { createGraph } from '../graph/graph.ts';
import type { Graphs } from '../graph/graphs.ts';
import type { Subgraphs } from '../graph/subgraph.ts';
import { watchFile } from './watch-file.ts';

interface FollowOptions {
  readonly path: string;
  /** The supergraph in force. */
  readonly supergraphSdl: string;
  readonly graphs: Graphs;
  readonly subgraphs: Subgraphs;
  readonly log: Logger;
  readonly everyMilliseconds?: number;
}

/** So many are planned before a supergraph is taken up. */
const OPERATIONS_TO_WARM = 200;

/**
 * Puts each supergraph in force that the file comes to hold, once the most used operations are planned in it. What runs
 * already goes on in the graph that it began in. One that cannot be served is refused and logged; the one before stays.
 */
export function followSupergraph({
  path,
  supergraphSdl,
  graphs,
  subgraphs,
  log,
  ...options
}: FollowOptions): AsyncDisposable {
  return watchFile(path, {
    ...options,
    content: supergraphSdl,
    async onChange(sdl) {
      const start = performance.now();
      const graph = createGraph(sdl, subgraphs);
      await graph.warmUp(graphs.current().mostUsed().slice(0, OPERATIONS_TO_WARM));
      graphs.replace(graph, sdl);
      log.info({ path, ms: Math.round(performance.now() - start) }, 'supergraph taken up');
    },
    onError: (error) => log.error({ err: error, path }, 'supergraph refused; the last one stays'),
  });
}
