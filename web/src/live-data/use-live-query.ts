import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';

import { createPacer } from './pacer.ts';
import type { DatasetFeed } from './use-dataset-feed.ts';

interface LiveQueryOptions<TData, TVariables extends OperationVariables> {
  readonly query: TypedDocumentNode<TData, TVariables>;
  /** Must be the same object until they change. */
  readonly variables: TVariables;
  readonly feed: DatasetFeed;
  /** `no-cache` for answers that are large and used in one place. */
  readonly fetchPolicy: 'network-only' | 'no-cache';
}

interface LiveAnswer<TData, TVariables> {
  readonly data: TData | undefined;
  /** What `data` answers; differs from what was asked for while a new answer is on its way. */
  readonly answered: TVariables | undefined;
  /** Of the last try; the last good answer stays. */
  readonly error: unknown;
}

/** Reads from the graph now and after each change of a dataset: at most twice a second, never twice at once. */
export function useLiveQuery<TData, TVariables extends OperationVariables>({
  query,
  variables,
  feed: { watch },
  fetchPolicy,
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
        } catch (error) {
          if (isCurrent) setAnswer((last) => ({ ...last, error }));
        }
      },
    });
    pacer.trigger();
    const unwatch = watch(pacer.trigger);
    return () => {
      isCurrent = false;
      unwatch();
      pacer.stop();
    };
  }, [client, query, variables, watch, fetchPolicy]);
  return answer;
}
