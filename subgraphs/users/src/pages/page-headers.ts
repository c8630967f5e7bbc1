import { createHash } from 'node:crypto';

import { STYLE } from './style.ts';

const sourceOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const STYLE_SOURCE = sourceOf(STYLE);

interface PageHeaderOptions {
  /** Where the client has the person sent back to; absent when the client waits on another device. */
  readonly redirectUri?: string | undefined;
  /** The one script that may run; absent on pages without. */
  readonly script?: string;
  /** Whether the script may send requests to our own origin. */
  readonly isConnecting?: boolean;
}

/**
 * The headers of a page. Its policy allows what the page contains and nothing else. `form-action` also applies to the
 * redirects after a form, so it names where they lead: our own origin, a program that listens on this machine's loopback
 * address, and the client that the person came from.
 */
export function pageHeaders({
  redirectUri,
  script,
  isConnecting = false,
}: PageHeaderOptions = {}): Record<string, string> {
  const client = redirectUri && formActionOf(redirectUri);
  const policy = [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    "img-src 'self' data:",
    `form-action 'self' http://127.0.0.1:*${client ? ` ${client}` : ''}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  if (script) policy.push(`script-src ${sourceOf(script)}`);
  if (isConnecting) policy.push("connect-src 'self'");
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** Letters, digits and hyphens: a name with other characters is not valid in a Content-Security-Policy. */
const HOST = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/;

/** Whether a Content-Security-Policy can name this host. */
export const isHostName = (host: string): boolean => HOST.test(host);

/** The address as a source: its origin, or its scheme where a policy cannot name the host (IPv6, apps). */
function formActionOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url) return undefined;
  return isHostName(url.hostname) && /^https?:$/.test(url.protocol) ? url.origin : url.protocol;
}
