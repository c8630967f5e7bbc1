import type { Identity } from '@affluent/service';
import { CloseCode, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { DomainError } from './errors.ts';
import { type MembershipAnswer, type Memberships, membershipsFrom } from './memberships.ts';

interface FollowOptions {
  readonly usersUrl: string;
  /** Whose memberships to follow. */
  readonly identity: Identity;
  /** How long the users subgraph may be silent before access counts as unknown. */
  readonly patienceMilliseconds: number;
  readonly onMemberships: (memberships: Memberships) => void;
  /** Called once, with the reason. Not called after the follower was closed. */
  readonly onEnd: (reason: DomainError) => void;
}

const SUBSCRIPTION = 'subscription { membershipsChanged { role workspace { id } } }';
/** Within the patience. */
const ATTEMPTS = 20;

/**
 * Follows the memberships of one access token at the users subgraph. It reconnects when the connection is lost; the first answer
 * brings missed changes. Only the duration of silence counts: a service that hangs or fails is treated like one that is down.
 *
 * It ends with UNAUTHENTICATED when the token was revoked, and with UNAVAILABLE when the users subgraph fails or is silent for
 * longer than the patience.
 * @returns a function that closes it.
 */
export function followMemberships({
  usersUrl,
  identity,
  patienceMilliseconds,
  onMemberships,
  onEnd,
}: FollowOptions): () => void {
  let isOver = false;
  /** Messages of a failing service do not count as answers. */
  let isFailing = false;
  let unsubscribe = (): void => {};
  let retry: NodeJS.Timeout | undefined;
  const silence = setTimeout(() => end(UNAVAILABLE()), patienceMilliseconds);
  const close = (): void => {
    isOver = true;
    clearTimeout(silence);
    clearTimeout(retry);
    // The connection closes with its only subscription. `client.dispose()` would throw without a connection.
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

const UNAUTHENTICATED = () => new DomainError('UNAUTHENTICATED', 'Sign in again to continue.');
const UNAVAILABLE = () =>
  new DomainError('UNAVAILABLE', 'Access could not be checked. Try again in a moment.');

const isClosedAsForbidden = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === CloseCode.Forbidden;

/**
 * Whether the token was revoked. An expired token is rejected too, but its caller may have a newer one.
 */
function isRefusal(error: unknown, { expiresAt }: Identity): boolean {
  if (Array.isArray(error)) return error[0]?.extensions?.code === 'UNAUTHENTICATED';
  return isClosedAsForbidden(error) && expiresAt * 1000 > Date.now();
}
