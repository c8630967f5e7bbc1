import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';

import type { MembershipsChangedSubscription } from '../generated/graphql.ts';
import { MembershipsChangedDocument, ViewerDocument } from './operations.ts';

const RETRY_MS = 3000;

/** Keeps the cached memberships of the viewer in sync with the server. */
export function useLiveMemberships(): void {
  const client = useApolloClient();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      clearTimeout(retry);
      retry = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
    };
    // After a broken connection the socket resubscribes; this handles subscriptions that the server ended.
    const subscription = client
      .subscribe({ query: MembershipsChangedDocument, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data }) => {
          if (data) keep(client, data.membershipsChanged);
        },
        error: again,
        complete: again,
      });
    return () => {
      clearTimeout(retry);
      subscription.unsubscribe();
    };
  }, [client, attempt]);
}

function keep(
  { cache }: ApolloClient,
  memberships: MembershipsChangedSubscription['membershipsChanged'],
): void {
  cache.updateQuery({ query: ViewerDocument }, (data) =>
    data?.viewer ? { ...data, viewer: { ...data.viewer, memberships } } : undefined,
  );
}
