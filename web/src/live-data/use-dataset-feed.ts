import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { useConnection } from '../api/connection.ts';
import { failureOf } from '../api/error-code.ts';
import { DataPointsAppendedDocument } from './operations.ts';

export interface DatasetFeed {
  readonly isLive: boolean;
  /**
   * Calls back with the cursor of each append, until the returned function is called; without a cursor when appends may have
   * been missed.
   */
  readonly watch: (listener: (cursor?: string) => void) => () => void;
  /** Starts the subscription after the append that an answer includes, unless it has started. */
  readonly start: (cursor: string) => void;
}

/** How long to wait for the first cursor. A dataset without a chart has none. */
const START_WAIT_MS = 1500;
/** Without a cursor it is unknown when the server has subscribed. Readers refresh again after this time. */
const SETTLE_MS = 1500;
const RETRY_MS = 3000;

/**
 * Follows the appends to a dataset. It begins after the first answer that has a cursor, so that no append is missed in between;
 * after a broken connection the socket resumes it (`api/resuming.ts`), after an end by the server it resumes itself.
 */
export function useDatasetFeed(datasetId: string): DatasetFeed {
  const client = useApolloClient();
  const { isOpen, opened } = useConnection();
  const [{ emit, watch }] = useState(createSignal);
  const lastCursor = useRef<string>(undefined);
  // 0 until the subscription starts.
  const [attempt, setAttempt] = useState(0);
  const [failedAttempt, setFailedAttempt] = useState<number>();

  const start = useCallback(
    (cursor: string): void => {
      if (lastCursor.current !== undefined) return;
      lastCursor.current = cursor;
      setAttempt((count) => count + 1);
      emit(cursor);
    },
    [emit],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const startIn = (milliseconds: number): void => {
      timer = setTimeout(() => setAttempt(attempt + 1), milliseconds);
    };
    if (attempt === 0) {
      startIn(START_WAIT_MS);
      return () => clearTimeout(timer);
    }
    const retry = (error?: unknown): void => {
      setFailedAttempt(attempt);
      if (failureOf(error).code === 'BAD_USER_INPUT') lastCursor.current = undefined;
      startIn(RETRY_MS);
    };
    const subscription = client
      .subscribe({
        query: DataPointsAppendedDocument,
        variables: { datasetId, after: lastCursor.current ?? null },
        fetchPolicy: 'no-cache',
      })
      .subscribe({
        next: ({ data }) => {
          if (!data) return;
          const { cursor } = data.dataPointsAppended;
          lastCursor.current = cursor;
          emit(cursor);
        },
        error: retry,
        complete: retry,
      });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [client, datasetId, emit, attempt]);

  useEffect(() => {
    if (attempt === 0 || opened === 0 || lastCursor.current !== undefined) return undefined;
    emit();
    const settle = setTimeout(emit, SETTLE_MS);
    return () => clearTimeout(settle);
  }, [emit, opened, attempt]);

  const isLive = isOpen && attempt > 0 && failedAttempt !== attempt;
  return useMemo(() => ({ isLive, watch, start }), [isLive, watch, start]);
}

function createSignal() {
  const listeners = new Set<(cursor?: string) => void>();
  return {
    emit: (cursor?: string): void => {
      for (const listener of listeners) listener(cursor);
    },
    watch: (listener: (cursor?: string) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
