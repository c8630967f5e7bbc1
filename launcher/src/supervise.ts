import { keepRunning } from './keep-running.ts';
import type { ServiceProcess } from './service-process.ts';

/** A service that is started again whenever it ends, once it was ready. Disposing of it stops it for good. */
export interface SupervisedService extends AsyncDisposable {
  /** Resolves when the service answers. Rejects when it ends before: a bad setting would end every other start as well. */
  readonly ready: () => Promise<void>;
}

export function supervise(start: () => ServiceProcess): SupervisedService {
  const first = start();
  let service: AsyncDisposable = first;
  return {
    async ready() {
      await first.ready();
      service = keepRunning({
        name: `The ${first.name} service`,
        first,
        start: async () => start(),
      });
    },
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
    },
  };
}
