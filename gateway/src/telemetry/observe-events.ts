import { countErrors } from '@affluent/service';
import type { ExecutionResult } from 'graphql';

import { openSubscriptions, subscriptionEvents } from './metrics.ts';

/** The transport of a subscription. */
export type Transport = 'websocket' | 'sse' | 'multipart';

/** Counts a client's open subscription, its events, and the errors in them. */
export function observeEvents<T extends Pick<ExecutionResult, 'errors'>>(
  transport: Transport,
  events: AsyncIterableIterator<T>,
): AsyncIterableIterator<T> {
  let isOpen = true;
  openSubscriptions.inc({ transport });
  const close = (): void => {
    if (isOpen) openSubscriptions.dec({ transport });
    isOpen = false;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const event = await events.next();
        if (event.done) {
          close();
        } else {
          subscriptionEvents.inc({ transport });
          countErrors(event.value.errors ?? []);
        }
        return event;
      } catch (error) {
        close();
        throw error;
      }
    },
    async return() {
      close();
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}
