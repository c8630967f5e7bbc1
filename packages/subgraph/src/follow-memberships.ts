import type { Identity } from '@affluent/service';
import { CloseCode, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { DomainError } from './errors.ts';
import { type MembershipAnswer, type Memberships, membershipsFrom } from './memberships.ts';

interface FollowOptions {
  readonly usersUrl: string;
  /** In whose name to ask. */
  readonly identity: Identity;
  /** How long the users subgraph may be silent until nobody can say any more what is allowed. */
  readonly patienceMilliseconds: number;
  readonly onMemberships: (memberships: Memberships) => void;
  /** Called once, with the reason; not after the follower was closed. */
  readonly onEnd: (reason: DomainError) => void;
}

const SUBSCRIPTION = 'subscription { membershipsChanged { role workspace { id } } }';
/** Within the patience. */
const ATTEMPTS = 20;

/**
 * Follows the memberships of one access token at the users subgraph. Lost connections are taken up again; what was missed
 * comes with the first answer. It is the silence that counts, not how the connection fails: a service that hangs or fails is
 * as bad as one that is gone.
 *
 * It ends with UNAUTHENTICATED when the token was ended, and with UNAVAILABLE when the users subgraph fails or is silent for
 * longer than the patience.
 * @returns what closes it.
 */
export function followMemberships({
  usersUrl,
  identity,
  patienceMilliseconds,
  onMemberships,
  onEnd,
}: FollowOptions): () => void {
  let isOver = false;
  /** What a service says that fails does not break its silence. */
  let isFailing = false;
  let unsubscribe = (): void => {};
  let retry: NodeJS.Timeout | undefined;
  const silence = setTimeout(() => end(UNAVAILABLE()), patienceMilliseconds);
  const close = (): void => {
    isOver = true;
    clearTimeout(silence);
    clearTimeout(retry);
    // The connection goes with its only subscription. `client.dispose()` would throw while there is none.
    unsubscribe();
  };
  const end = (reason: DomainError): void => {
    if (isOver) return;
    close();
    onEnd(reason);
  };
  const client = createClient({
    url: `${usersUrl.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${identity.token}` },
    keepAlive: patienceMilliseconds / 2,
    on: { message: () => !isOver && !isFailing && silence.refresh() },
    retryAttempts: Infinity,
    retryWait: () =>
      new Promise((resolve) => {
        setTimeout(resolve, patienceMilliseconds / ATTEMPTS);
      }),
    shouldRetry: (error) => !isOver && !isClosedAsForbidden(error),
  });
  const subscribeAgain = (): void => {
    if (isOver) return;
    isFailing = true;
    retry = setTimeout(subscribe, patienceMilliseconds / ATTEMPTS);
  };
  const subscribe = (): void => {
    unsubscribe = client.subscribe<{ readonly membershipsChanged: MembershipAnswer }>(
      { query: SUBSCRIPTION },
      {
        next: ({ data, errors }) => {
          if (isOver) return;
          isFailing = errors !== undefined || !data;
          // Its completion subscribes again.
          if (isFailing || !data) return unsubscribe();
          silence.refresh();
          onMemberships(membershipsFrom(data.membershipsChanged));
        },
        error: (error) => {
          if (isRefusal(error, identity)) end(UNAUTHENTICATED());
          else if (isClosedAsForbidden(error)) end(UNAVAILABLE());
          else subscribeAgain();
        },
        complete: subscribeAgain,
      },
    );
  };
  subscribe();
  return close;
}

const UNAUTHENTICATED = () => new DomainError('UNAUTHENTICATED', 'Sign in again to go on.');
const UNAVAILABLE = () =>
  new DomainError('UNAVAILABLE', 'Access could not be checked. Try again in a moment.');

const isClosedAsForbidden = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === CloseCode.Forbidden;

/**
 * The subscription says that the token was ended, or the token is not taken. One that has expired meanwhile is not taken
 * either, but whoever used it may well have a newer one.
 */
function isRefusal(error: unknown, { expiresAt }: Identity): boolean {
  if (Array.isArray(error)) return error[0]?.extensions?.code === 'UNAUTHENTICATED';
  return isClosedAsForbidden(error) && expiresAt * 1000 > Date.now();
}
