import { useApolloClient } from '@apollo/client/react';
import { useEffect, useMemo, useRef, useState } from 'react';

import { useConnection } from '../api/connection.ts';
import { DataPointsAppendedDocument } from './operations.ts';

export interface DatasetFeed {
  readonly isLive: boolean;
  /** Calls back when rows were appended, or may have been unseen, until the function that it returns is called. */
  readonly watch: (listener: () => void) => () => void;
}

/** Reads that began before the subscription was in force on the server may have missed an append: read once more. */
const SETTLE_MS = 1500;
const RETRY_MS = 3000;

/** Follows what is appended to a dataset, through broken connections and subscriptions that the server ended. */
export function useDatasetFeed(datasetId: string): DatasetFeed {
  const client = useApolloClient();
  const { isOpen, opened } = useConnection();
  const [attempt, setAttempt] = useState(0);
  const lastCursor = useRef<string>(undefined);
  const [refusedAttempt, setRefusedAttempt] = useState<number>();
  const [{ emit, watch }] = useState(createSignal);
  // A connection that was opened again is subscribed to afresh, from the last cursor on.
  const reopened = opened > 1 ? opened : 0;

  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      setRefusedAttempt(attempt);
      // The cursor may be what the server did not like.
      lastCursor.current = undefined;
      clearTimeout(retry);
      retry = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
    };
    const after = lastCursor.current;
    const subscription = client
      .subscribe({
        query: DataPointsAppendedDocument,
        variables: { datasetId, ...(after !== undefined && { after }) },
        fetchPolicy: 'no-cache',
      })
      .subscribe({
        next: ({ data }) => {
          if (data) lastCursor.current = data.dataPointsAppended.cursor;
          emit();
        },
        error: again,
        complete: again,
      });
    return () => {
      clearTimeout(retry);
      subscription.unsubscribe();
    };
  }, [client, datasetId, emit, reopened, attempt]);

  useEffect(() => {
    if (opened === 0) return undefined;
    emit();
    const settle = setTimeout(emit, SETTLE_MS);
    return () => clearTimeout(settle);
  }, [emit, opened, attempt]);

  const isLive = isOpen && refusedAttempt !== attempt;
  return useMemo(() => ({ isLive, watch }), [isLive, watch]);
}

function createSignal() {
  const listeners = new Set<() => void>();
  return {
    emit: (): void => {
      for (const listener of listeners) listener();
    },
    watch: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
