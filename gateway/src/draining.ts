import { setTimeout } from 'node:timers/promises';

import type { RequestHandler } from 'express';

/** Stops a process without failing requests. */
export interface Draining {
  /** `/readyz` fails once it has begun, so that load balancers send no new requests. */
  readonly hasBegun: () => boolean;
  /** During draining, has clients close their connections after each answer, so that none is cut when the server closes. */
  readonly middleware: RequestHandler;
  /** Begins draining. Resolves when load balancers have had the time to see `/readyz` fail. */
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
