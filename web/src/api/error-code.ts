import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

export interface Failure {
  /** `extensions.code` of the graph, or `NETWORK` without a usable answer. */
  readonly code: string;
  /** `extensions.reason`, for codes with several causes. */
  readonly reason?: string;
  /** The server's message, in English. */
  readonly message: string;
}

interface ErrorEntry {
  readonly message?: string;
  readonly extensions?: { readonly code?: unknown; readonly reason?: unknown } | undefined;
}

/** The failure behind an error of Apollo, an upload or the network. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) return fromEntry(error.errors[0]);
  if (ServerError.is(error)) return fromResponse(error.statusCode, error.bodyText);
  return { code: 'NETWORK', message: error instanceof Error ? error.message : '' };
}

const TRANSIENT = new Set(['DEADLINE_EXCEEDED', 'NETWORK', 'RATE_LIMITED', 'UNAVAILABLE']);

/** Whether the same request may succeed in a moment. */
export const isTransient = ({ code }: Failure): boolean => TRANSIENT.has(code);

function fromEntry(entry: ErrorEntry | undefined): Failure {
  const { code, reason } = entry?.extensions ?? {};
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    ...(typeof reason === 'string' && { reason }),
    message: entry?.message ?? '',
  };
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
