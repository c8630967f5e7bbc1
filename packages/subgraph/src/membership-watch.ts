import type { Identity } from '@affluent/service';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { DomainError } from './errors.ts';
import { type Memberships, type MembershipAnswer, membershipsFrom } from './memberships.ts';

/** Follows what one access token may reach. */
interface Watch {
  readonly client: Client;
  readonly listeners: Set<() => void>;
  /** Undefined until the users subgraph has told. */
  memberships: Memberships | undefined;
  /** Why nothing may be reached any more. */
  ended: DomainError | undefined;
}

interface WatchOptions {
  readonly usersUrl: string;
  /** Called when a token's memberships have changed, or it has ended. */
  readonly onChange: (token: string) => void;
}

/** Ends a subscription's source as soon as the caller may no longer see the workspace that it is about. */
export type WhileMember = <T>(
  identity: Identity,
  workspaceId: string,
  source: AsyncIterableIterator<T, void>,
) => AsyncIterableIterator<T, void>;

const SUBSCRIPTION = 'subscription { membershipsChanged { role workspace { id } } }';
/** Together about ten seconds without the users subgraph; then access is denied, for nobody can say that it is allowed. */
const ATTEMPTS = 20;
const ATTEMPT_MILLISECONDS = 500;
const FORBIDDEN_CLOSE = 4403;

/**
 * Guards subscriptions by `membershipsChanged` of the users subgraph, asked in the caller's own name. All subscriptions of
 * one token share one connection, which is closed when the last of them is over.
 *
 * A guarded source ends with FORBIDDEN when the membership is gone, UNAUTHENTICATED when the token was ended, UNAVAILABLE
 * when the users subgraph does not answer for ten seconds.
 */
export function createMembershipWatch({ usersUrl, onChange }: WatchOptions): WhileMember {
  const watches = new Map<string, Watch>();

  const open = ({ token }: Identity): Watch => {
    const client = createClient({
      url: `${usersUrl.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: ATTEMPTS,
      retryWait: () =>
        new Promise((resolve) => {
          setTimeout(resolve, ATTEMPT_MILLISECONDS);
        }),
      shouldRetry: (error) => closeCodeOf(error) !== FORBIDDEN_CLOSE,
    });
    const watch: Watch = {
      client,
      listeners: new Set(),
      memberships: undefined,
      ended: undefined,
    };
    const tell = (): void => {
      onChange(token);
      for (const listener of watch.listeners) listener();
    };
    const end = (reason: DomainError): void => {
      watch.ended = reason;
      watches.delete(token);
      tell();
    };
    client.subscribe<{ readonly membershipsChanged: MembershipAnswer }>(
      { query: SUBSCRIPTION },
      {
        next: ({ data, errors }) => {
          if (errors || !data) return end(UNAVAILABLE());
          watch.memberships = membershipsFrom(data.membershipsChanged);
          return tell();
        },
        error: (error) => end(isRefusal(error) ? UNAUTHENTICATED() : UNAVAILABLE()),
        complete: () => end(UNAVAILABLE()),
      },
    );
    watches.set(token, watch);
    return watch;
  };

  return (identity, workspaceId, source) => {
    const watch = watches.get(identity.token) ?? open(identity);
    let failure: DomainError | undefined;
    const leave = (): void => {
      watch.listeners.delete(check);
      if (watch.listeners.size > 0) return;
      if (watches.get(identity.token) === watch) watches.delete(identity.token);
      void watch.client.dispose();
    };
    const check = (): void => {
      const isGone = watch.memberships !== undefined && !watch.memberships.has(workspaceId);
      failure ??= watch.ended ?? (isGone ? FORBIDDEN() : undefined);
      if (failure) void source.return?.();
    };
    watch.listeners.add(check);
    check();
    return {
      async next() {
        const result = await source.next();
        if (failure || result.done) leave();
        if (failure) throw failure;
        return result;
      },
      async return() {
        leave();
        await source.return?.();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  };
}

const FORBIDDEN = () =>
  new DomainError('FORBIDDEN', 'You are no longer a member of this workspace.');
const UNAUTHENTICATED = () => new DomainError('UNAUTHENTICATED', 'Sign in again to go on.');
const UNAVAILABLE = () =>
  new DomainError('UNAVAILABLE', 'Access could not be checked. Try again in a moment.');

const closeCodeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** The token was not taken, or the subscription says that it was ended. Its only other errors are failures. */
const isRefusal = (error: unknown): boolean =>
  closeCodeOf(error) === FORBIDDEN_CLOSE ||
  (Array.isArray(error) && error[0]?.extensions?.code === 'UNAUTHENTICATED');
