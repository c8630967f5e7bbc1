import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** The codes the graph promises in `extensions.code`, and `NETWORK` for no usable answer at all. */
const ERROR_CODES = [
  'BAD_USER_INPUT',
  'CONFLICT',
  'COST_TOO_HIGH',
  'DEADLINE_EXCEEDED',
  'FORBIDDEN',
  'INTERNAL_SERVER_ERROR',
  'NETWORK',
  'NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
  'RECENT_SIGN_IN_REQUIRED',
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'UNAVAILABLE',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Failure {
  readonly code: ErrorCode;
  /** What the server said, in English. */
  readonly message: string;
}

interface ErrorEntry {
  readonly message?: string;
  readonly extensions?: { readonly code?: unknown } | undefined;
}

/** What went wrong, whichever way it was thrown. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) return fromEntry(error.errors[0]);
  if (ServerError.is(error)) return fromResponse(error.statusCode, error.bodyText);
  return { code: 'NETWORK', message: error instanceof Error ? error.message : '' };
}

function fromEntry(entry: ErrorEntry | undefined): Failure {
  const code = ERROR_CODES.find((known) => known === entry?.extensions?.code);
  return { code: code ?? 'INTERNAL_SERVER_ERROR', message: entry?.message ?? '' };
}

function fromResponse(status: number, body: string): Failure {
  const entry = firstErrorIn(body);
  if (entry) return fromEntry(entry);
  if (status === 401) return { code: 'UNAUTHENTICATED', message: '' };
  if (status === 429) return { code: 'RATE_LIMITED', message: '' };
  if (status === 413) return { code: 'PAYLOAD_TOO_LARGE', message: '' };
  return { code: status >= 502 ? 'UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', message: '' };
}

function firstErrorIn(body: string): ErrorEntry | undefined {
  try {
    const { errors } = JSON.parse(body) as { readonly errors?: readonly ErrorEntry[] };
    return errors?.[0];
  } catch {
    return undefined;
  }
}
