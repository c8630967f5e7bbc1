import { isHostName } from '../oauth-clients/redirect-uri.ts';
import { PAGE_HEADERS } from './pages.ts';

interface ClientAddresses {
  /** Where the client has the person sent back to; absent when it shows a code on another device. */
  readonly redirectUri?: string | undefined;
}

/**
 * The headers of a page that people see on behalf of a client: its forms may end at that client (`form-action` counts for
 * the redirects after a form too).
 */
export function headersFor({ redirectUri }: ClientAddresses): Record<string, string> {
  const policy = PAGE_HEADERS['content-security-policy'] ?? '';
  const target = redirectUri && sourceOf(redirectUri);
  return {
    ...PAGE_HEADERS,
    'content-security-policy': policy.replace(
      "form-action 'self'",
      `form-action 'self'${target ? ` ${target}` : ''}`,
    ),
  };
}

/** The address as a source of a policy: its origin, or its scheme where a policy can name no host (IPv6, apps). */
function sourceOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url) return undefined;
  return isHostName(url.hostname) && /^https?:$/.test(url.protocol) ? url.origin : url.protocol;
}
