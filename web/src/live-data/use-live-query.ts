import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { type RefObject, useEffect, useState } from 'react';

import { failureOf, isTransient } from '../api/error-code.ts';
import { createPacer } from './pacer.ts';
import type { DatasetFeed } from './use-dataset-feed.ts';
import { watchVisible } from './watch-visible.ts';

interface LiveQueryOptions<TData, TVariables extends OperationVariables> {
  readonly query: TypedDocumentNode<TData, TVariables>;
  /** Must be the same object until they change. */
  readonly variables: TVariables;
  readonly feed: DatasetFeed;
  /** `no-cache` for answers that are large and used in one place. */
  readonly fetchPolicy: 'network-only' | 'no-cache';
  /** The last append that an answer includes. Must be the same function at each render. */
  readonly cursorOf?: (data: TData) => string | undefined;
  /** Where the answer is shown; the whole page without it. */
  readonly place?: RefObject<Element | null>;
}

interface LiveAnswer<TData, TVariables> {
  readonly data: TData | undefined;
  /** The variables that `data` belongs to; differ from the current ones while a new answer is loading. */
  readonly answered: TVariables | undefined;
  /** Of the last attempt; the last good answer stays. */
  readonly error: unknown;
}

/**
 * Queries the graph at once and after each append to a dataset: at most twice a second, one request at a time, and only while
 * the place of the answer is visible. Transient failures are retried.
 */
export function useLiveQuery<TData, TVariables extends OperationVariables>({
  query,
  variables,
  feed: { watch, start },
  fetchPolicy,
  cursorOf,
  place,
}: LiveQueryOptions<TData, TVariables>): LiveAnswer<TData, TVariables> {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<LiveAnswer<TData, TVariables>>({
    data: undefined,
    answered: undefined,
    error: undefined,
  });
  useEffect(() => {
    let isCurrent = true;
    const pacer = createPacer({
      run: async () => {
        try {
          const { data } = await client.query<TData, OperationVariables>({
            query,
            variables,
            fetchPolicy,
          });
          if (isCurrent) setAnswer({ data, answered: variables, error: undefined });
          const cursor = data && cursorOf?.(data);
          if (cursor !== undefined) start(cursor);
          return cursor;
        } catch (error) {
          if (isCurrent) setAnswer((last) => ({ ...last, error }));
          if (isTransient(failureOf(error))) throw error;
          return undefined;
        }
      },
    });
    pacer.trigger();
    const unwatch = watch(pacer.trigger);
    const stopWatching = watchVisible(place?.current ?? null, (isVisible) =>
      pacer.setPaused(!isVisible),
    );
    return () => {
      isCurrent = false;
      stopWatching();
      unwatch();
      pacer.stop();
    };
  }, [client, query, variables, watch, start, fetchPolicy, cursorOf, place]);
  return answer;
}
