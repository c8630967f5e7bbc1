import type { IncomingMessage } from 'node:http';

/** Whether a page of this origin sent the request, by the headers that browsers set. A request without them is no page's. */
export function isFromOurPages({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined && headers.origin !== origin) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}
