import type { FormattedExecutionResult } from 'graphql';

/** How a subscription's events are written over HTTP. */
export interface StreamFormat {
  readonly transport: 'sse' | 'multipart';
  readonly headers: Readonly<Record<string, string>>;
  readonly begin: string;
  readonly event: (result: FormattedExecutionResult) => string;
  /** Written when nothing else is, so that everybody on the way sees that the stream lives. */
  readonly heartbeat: string;
  readonly end: string;
}

const KEPT_NOWHERE = {
  'cache-control': 'no-cache, no-store',
  // Of nginx: it would hold the events back.
  'x-accel-buffering': 'no',
};

/** The "distinct connections mode" of graphql-sse (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). */
const sse: StreamFormat = {
  transport: 'sse',
  headers: { ...KEPT_NOWHERE, 'content-type': 'text/event-stream; charset=utf-8' },
  begin: ':\n\n',
  event: (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`,
  heartbeat: ':\n\n',
  end: 'event: complete\ndata:\n\n',
};

/** With the boundary that ends it, because clients take a part for whole once they have seen that. */
const part = (content: object): string =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;

/** Apollo's multipart subscription protocol 1.0, which Apollo Client speaks over plain HTTP. */
const multipart: StreamFormat = {
  transport: 'multipart',
  headers: {
    ...KEPT_NOWHERE,
    'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  },
  begin: '\r\n--graphql',
  // Without data it is not an event with errors in it, but the end of all.
  event: (result) =>
    part(result.data === undefined ? { payload: null, ...result } : { payload: result }),
  heartbeat: part({}),
  end: '--\r\n',
};

/** The way in which the client wants its events; undefined when it named none. */
export function streamFormatFor(accept = ''): StreamFormat | undefined {
  if (/\btext\/event-stream\b/i.test(accept)) return sse;
  return /\bmultipart\/mixed\b[^,]*\bsubscriptionSpec\s*=\s*"?1\.0\b/i.test(accept)
    ? multipart
    : undefined;
}
