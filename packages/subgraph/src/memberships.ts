import {
  currentRequestId,
  type Identity,
  REQUEST_ID_HEADER,
  traceHeaders,
} from '@affluent/service';

import { DomainError } from './errors.ts';

export type WorkspaceRole = 'OWNER' | 'EDITOR' | 'VIEWER';

/** The roles of one caller, by workspace id. */
export type Memberships = ReadonlyMap<string, WorkspaceRole>;

export interface MembershipReader {
  readonly read: (identity: Identity) => Promise<Memberships>;
  /** Whether the answer that is kept was asked for at or after a time of `performance.now()`. */
  readonly isSince: (token: string, time: number) => boolean;
  /** Asks again next time. */
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
const TIMEOUT_MILLISECONDS = 5_000;

interface Answer {
  readonly data?: {
    readonly viewer?: {
      readonly memberships: MembershipAnswer;
    } | null;
  };
  readonly errors?: AnswerErrors;
}

type AnswerErrors = readonly { readonly extensions?: { readonly code?: unknown } }[];

const FAILURES: ReadonlySet<unknown> = new Set([
  'DEADLINE_EXCEEDED',
  'INTERNAL_SERVER_ERROR',
  'UNAVAILABLE',
]);

/** Whether a service's answer is without what was asked for because the service failed, and not because it is not there. */
export const hasFailed = (errors: AnswerErrors = []): boolean =>
  errors.some(({ extensions }) => FAILURES.has(extensions?.code));

/**
 * Asks the users subgraph, in the caller's own name, which workspaces they belong to. An answer is kept for a second,
 * so that what is read follows a change of role within one; writes ask for a newer answer (`isSince`). When the users subgraph cannot be asked, access is denied.
 */
export function createMembershipReader({
  usersUrl,
}: {
  readonly usersUrl: string;
}): MembershipReader {
  const cache = new Map<
    string,
    {
      readonly askedAt: number;
      readonly until: number;
      readonly answer: Promise<Memberships>;
    }
  >();
  const read = (identity: Identity): Promise<Memberships> => {
    const now = Date.now();
    const known = cache.get(identity.token);
    if (known && known.until > now) return known.answer;
    for (const [token, { until }] of cache) if (until <= now) cache.delete(token);
    const askedAt = performance.now();
    const answer = ask(usersUrl, identity);
    const asked = { askedAt, until: now + CACHE_MILLISECONDS, answer };
    cache.set(identity.token, asked);
    answer.catch(() => cache.get(identity.token) === asked && cache.delete(identity.token));
    return answer;
  };
  return {
    read,
    isSince: (token, time) => (cache.get(token)?.askedAt ?? -Infinity) >= time,
    forget: (token) => cache.delete(token),
  };
}

async function ask(usersUrl: string, { token }: Identity): Promise<Memberships> {
  const requestId = currentRequestId();
  const response = await fetch(`${usersUrl}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(requestId && { [REQUEST_ID_HEADER]: requestId }),
      ...traceHeaders(),
    },
    body: JSON.stringify({ query: QUERY }),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  }).catch((cause: unknown) => {
    throw unavailable({ cause });
  });
  if (response.status === 401)
    throw new DomainError('UNAUTHENTICATED', 'The access token has been ended.');
  if (!response.ok) throw unavailable();
  const { data, errors } = (await response.json()) as Answer;
  if (hasFailed(errors)) throw unavailable();
  return membershipsFrom(data?.viewer?.memberships ?? []);
}

const unavailable = (options?: ErrorOptions): DomainError =>
  new DomainError('UNAVAILABLE', 'Access could not be checked. Try again in a moment.', options);

/** Whether the role may change what is in its workspace. */
export const canEdit = (role: WorkspaceRole | undefined): boolean =>
  role === 'OWNER' || role === 'EDITOR';
