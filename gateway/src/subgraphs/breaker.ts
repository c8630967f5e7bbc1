import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';

import { circuitOpen } from '../telemetry/metrics.ts';

const FAILURES_TO_OPEN = 3;
const OPEN_MILLISECONDS = 1_000;

export interface Breaker {
  /**
   * Runs the request, unless the breaker is open.
   * @param trialMilliseconds - how long to wait for the request when it is the trial of a subgraph that was down. Absent: to its
   *   end.
   * @throws {BrokenCircuitError} when the subgraph is down.
   */
  readonly run: <T>(
    request: (isTrial: boolean) => Promise<T>,
    trialMilliseconds?: number,
  ) => Promise<T>;
}

/**
 * A circuit breaker that opens for a second after three failures in a row. The first request after that is a trial. Only its
 * caller waits for it, and not for long: a subgraph that hangs would delay a caller every second. The trial itself continues, and
 * its outcome closes or opens the breaker.
 */
export function createBreaker(name: string, isFailure: (error: unknown) => boolean): Breaker {
  const breaker = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: OPEN_MILLISECONDS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  circuitOpen.set({ subgraph: name }, 0);
  breaker.onStateChange((state) =>
    circuitOpen.set({ subgraph: name }, state === CircuitState.Closed ? 0 : 1),
  );
  const isTrying = (): boolean => breaker.state === CircuitState.HalfOpen;
  return {
    async run(request, trialMilliseconds) {
      if (isTrying()) throw new BrokenCircuitError();
      const answer = breaker.execute(() => request(isTrying()));
      return isTrying() && trialMilliseconds ? within(trialMilliseconds, answer) : answer;
    },
  };
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new BrokenCircuitError()), milliseconds);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
