import { readFile } from 'node:fs/promises';

import type { Logger } from '@affluent/service';

import type { SupergraphSource } from '../graph/graphs.ts';
import { watchFile } from '../watch-file.ts';

interface FollowOptions {
  readonly path: string;
  readonly log: Logger;
  readonly everyMilliseconds?: number;
}

/**
 * Reads a supergraph from a file and passes each later content of the file to `take`. A content that cannot be served is
 * logged, and the last one stays.
 */
export const followSupergraph =
  ({ path, log, ...options }: FollowOptions) =>
  async (take: (sdl: string) => Promise<void>): Promise<SupergraphSource> => {
    const sdl = await readFile(path, 'utf8');
    const watching = watchFile(path, {
      ...options,
      content: sdl,
      async onChange(next) {
        const start = performance.now();
        await take(next);
        log.info({ path, ms: Math.round(performance.now() - start) }, 'supergraph reloaded');
      },
      onError: (error) => log.error({ err: error, path }, 'supergraph refused; the last one stays'),
    });
    return { sdl, stop: async () => watching[Symbol.asyncDispose]() };
  };
