import { recordSpan } from '@affluent/service';

/** Runs one step of an operation and records it as a span of the operation. */
export function recordStep<T>(name: string, step: () => T): T {
  const start = performance.now();
  let hasFailed = true;
  try {
    const result = step();
    hasFailed = false;
    return result;
  } finally {
    recordSpan(name, { milliseconds: performance.now() - start, hasFailed });
  }
}
