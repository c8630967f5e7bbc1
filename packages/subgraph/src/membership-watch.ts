import type { Identity } from '@affluent/service';

import { DomainError } from './errors.ts';
import { followMemberships } from './follow-memberships.ts';
import type { Memberships } from './memberships.ts';

/** The memberships of one access token, shared by its subscriptions. */
interface Watch {
  readonly listeners: Set<() => void>;
  /** Undefined until the users subgraph has answered. */
  memberships: Memberships | undefined;
  /** Why access has ended. */
  ended: DomainError | undefined;
  readonly close: () => void;
}

interface WatchOptions {
  readonly usersUrl: string;
  /** Called when a token's memberships have changed, or the token was revoked. */
  readonly onChange: (token: string) => void;
  /** How long subscriptions continue while the users subgraph does not answer. Default: 10 seconds. */
  readonly patienceMilliseconds?: number;
}

/**
 * Ends a subscription's source as soon as the caller loses access to its workspace.
 * @throws {DomainError} UNAVAILABLE when too many callers are followed.
 */
export type WhileMember = <T>(
  identity: Identity,
  workspaceId: string,
  source: AsyncIterableIterator<T, void>,
) => AsyncIterableIterator<T, void>;

const MAX_WATCHES = 10_000;

/**
 * Guards subscriptions by `membershipsChanged` of the users subgraph, with the caller's token. All subscriptions of one token
 * share one connection, which closes with the last of them.
 *
 * A guarded source ends with FORBIDDEN when the membership has ended, UNAUTHENTICATED when the token was revoked, UNAVAILABLE
 * when the users subgraph does not answer.
 */
export function createMembershipWatch({
  usersUrl,
  onChange,
  patienceMilliseconds = 10_000,
}: WatchOptions): WhileMember {
  const watches = new Map<string, Watch>();

  const open = (identity: Identity): Watch => {
    if (watches.size >= MAX_WATCHES)
      throw new DomainError('UNAVAILABLE', 'Too many subscriptions. Try again in a moment.');
    const { token } = identity;
    const notify = (): void => {
      onChange(token);
      for (const listener of watch.listeners) listener();
    };
    const watch: Watch = {
      listeners: new Set(),
      memberships: undefined,
      ended: undefined,
      close: followMemberships({
        usersUrl,
        identity,
        patienceMilliseconds,
        onMemberships: (memberships) => {
          watch.memberships = memberships;
          notify();
        },
        onEnd: (reason) => {
          watch.ended = reason;
          watches.delete(token);
          notify();
        },
      }),
    };
    watches.set(token, watch);
    return watch;
  };

  return (identity, workspaceId, source) => {
    const watch = watches.get(identity.token) ?? open(identity);
    let failure: DomainError | undefined;
    const leave = (): void => {
      const wasThere = watch.listeners.delete(check);
      if (!wasThere || watch.ended || watch.listeners.size > 0) return;
      watches.delete(identity.token);
      watch.close();
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
        let isOver = true;
        try {
          const result = await source.next();
          if (failure) throw failure;
          isOver = result.done === true;
          return result;
        } finally {
          if (isOver) leave();
        }
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
