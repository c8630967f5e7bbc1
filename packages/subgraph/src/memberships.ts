import type { Identity } from '@affluent/service';
import { LRUCache } from 'lru-cache';

import { askSubgraph } from './ask-subgraph.ts';

export type WorkspaceRole = 'OWNER' | 'EDITOR' | 'VIEWER';

/** The roles of one caller, by workspace id. */
export type Memberships = ReadonlyMap<string, WorkspaceRole>;

export interface MembershipReader {
  readonly read: (identity: Identity) => Promise<Memberships>;
  /** Whether the cached answer was requested at or after a time of `performance.now()`. */
  readonly isSince: (token: string, time: number) => boolean;
  /** Drops the cached answer. */
  readonly forget: (token: string) => void;
}

/** As the users subgraph answers. */
export type MembershipAnswer = readonly {
  readonly role: WorkspaceRole;
  readonly workspace: { readonly id: string };
}[];

export const membershipsFrom = (answer: MembershipAnswer): Memberships =>
  new Map(answer.map(({ role, workspace }) => [workspace.id, role]));

const QUERY = '{ viewer { memberships { role workspace { id } } } }';
const CACHE_MILLISECONDS = 1_000;
const MAX_ENTRIES = 10_000;

interface Answer {
  readonly viewer?: { readonly memberships: MembershipAnswer } | null;
}

interface Kept {
  readonly requestedAt: number;
  readonly memberships: Promise<Memberships>;
}

/**
 * Asks the users subgraph, with the caller's token, which workspaces the caller belongs to. An answer is kept for a second, so
 * that reads follow a change of role within a second; writes require a newer answer (`isSince`). When the users subgraph
 * does not answer, access is denied.
 */
export function createMembershipReader({
  usersUrl,
}: {
  readonly usersUrl: string;
}): MembershipReader {
  const cache = new LRUCache<string, Kept>({
    max: MAX_ENTRIES,
    ttl: CACHE_MILLISECONDS,
    // By the wall clock, which tests can move.
    perf: { now: () => Date.now() },
  });
  const ask = async (token: string): Promise<Memberships> => {
    const { viewer } = await askSubgraph<Answer>({
      url: usersUrl,
      token,
      query: QUERY,
      failure: 'Access could not be checked. Try again in a moment.',
    });
    return membershipsFrom(viewer?.memberships ?? []);
  };
  return {
    read({ token }) {
      const known = cache.get(token);
      if (known) return known.memberships;
      const kept = { requestedAt: performance.now(), memberships: ask(token) };
      cache.set(token, kept);
      kept.memberships.catch(() => cache.peek(token) === kept && cache.delete(token));
      return kept.memberships;
    },
    isSince: (token, time) => (cache.peek(token)?.requestedAt ?? -Infinity) >= time,
    forget: (token) => cache.delete(token),
  };
}

/** Whether the role may change what is in its workspace. */
export const canEdit = (role: WorkspaceRole | undefined): boolean =>
  role === 'OWNER' || role === 'EDITOR';
