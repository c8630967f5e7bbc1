import { setTimeout } from 'node:timers/promises';

import type { RequestHandler } from 'express';

/** How a process goes without anybody's request failing. */
export interface Draining {
  /** From its begin on, `/readyz` says so: a load balancer sends nothing new. */
  readonly hasBegun: () => boolean;
  /** While it lasts, has clients close their connections after each answer, so that none is cut when the server closes. */
  readonly middleware: RequestHandler;
  /** Begins, and settles when those who look at `/readyz` had the time to see it. */
  readonly begin: () => Promise<void>;
}

export function createDraining(milliseconds: number): Draining {
  let hasBegun = false;
  return {
    hasBegun: () => hasBegun,
    middleware: (_req, res, next) => {
      if (hasBegun) res.setHeader('connection', 'close');
      next();
    },
    async begin() {
      hasBegun = true;
      await setTimeout(milliseconds);
    },
  };
}
