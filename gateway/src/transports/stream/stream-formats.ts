import type { FormattedExecutionResult } from 'graphql';

/** The form of a subscription's events over HTTP. */
export interface StreamFormat {
  readonly transport: 'sse' | 'multipart';
  readonly headers: Readonly<Record<string, string>>;
  readonly begin: string;
  readonly event: (result: FormattedExecutionResult) => string;
  /** Written between events, so that proxies do not close the stream. */
  readonly heartbeat: string;
  readonly end: string;
}

const UNCACHED = {
  'cache-control': 'no-cache, no-store',
  // Otherwise nginx buffers the events.
  'x-accel-buffering': 'no',
};

/** The "distinct connections mode" of graphql-sse (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). */
const sse: StreamFormat = {
  transport: 'sse',
  headers: { ...UNCACHED, 'content-type': 'text/event-stream; charset=utf-8' },
  begin: ':\n\n',
  event: (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`,
  heartbeat: ':\n\n',
  end: 'event: complete\ndata:\n\n',
};

/** Includes the boundary after the part, because clients handle a part once they have seen that. */
const part = (content: object): string =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;

/** Apollo's multipart subscription protocol 1.0, which Apollo Client speaks over plain HTTP. */
const multipart: StreamFormat = {
  transport: 'multipart',
  headers: {
    ...UNCACHED,
    'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  },
  begin: '\r\n--graphql',
  // A result without data is no event but the end of the subscription.
  event: (result) =>
    part(result.data === undefined ? { payload: null, ...result } : { payload: result }),
  heartbeat: part({}),
  end: '--\r\n',
};

/** The form that the client accepts; undefined when it accepts none. */
export function streamFormatFor(accept = ''): StreamFormat | undefined {
  if (/\btext\/event-stream\b/i.test(accept)) return sse;
  return /\bmultipart\/mixed\b[^,]*\bsubscriptionSpec\s*=\s*"?1\.0\b/i.test(accept)
    ? multipart
    : undefined;
}
