import { isIP } from 'node:net';

import { DomainError } from '@affluent/subgraph';
import { Agent, request } from 'undici';

import { imageTypeOf } from './image-type.ts';
import { type AddressRules, isAllowedAddress, lookupAllowed } from './public-addresses.ts';

/** Takes a copy of a picture. @throws {DomainError} BAD_USER_INPUT that says why there is none. */
export type FetchLogo = (address: string) => Promise<Uint8Array>;

const MAX_BYTES = 256 * 1024;
const MAX_LENGTH = 2000;
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const TIMEOUT_MILLISECONDS = 5_000;

/**
 * Whether logos may be at `http:` addresses of this computer too: only where people open the product there, as in development.
 * @param publicUrl - the origin that people open.
 */
export const rulesFor = (publicUrl: string): AddressRules => {
  const { protocol, hostname } = new URL(publicUrl);
  return { allowsLoopback: protocol === 'http:' && isLoopbackName(hostname) };
};

const isLoopbackName = (hostname: string): boolean => /^(localhost|127\.0\.0\.1)$/.test(hostname);

/** Whether an address may be fetched, judged by its text alone. */
function isLogoAddress(address: string, rules: AddressRules): boolean {
  const url = address.length <= MAX_LENGTH && /^[!-~]+$/.test(address) ? URL.parse(address) : null;
  return url !== null && isAllowed(url, rules);
}

function isAllowed({ protocol, hostname, username, password }: URL, rules: AddressRules): boolean {
  if (username || password) return false;
  const isLoopback = rules.allowsLoopback && isLoopbackName(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback)) return false;
  // For an IP address in the URL no name is looked up.
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || isAllowedAddress(host, rules);
}

/** Fetches from public addresses only, redirects included: a caller chooses where the server connects to. */
export function createLogoFetcher(rules: AddressRules): FetchLogo {
  const dispatcher = new Agent({
    connect: { lookup: lookupAllowed(rules), timeout: TIMEOUT_MILLISECONDS },
    maxResponseSize: MAX_BYTES,
  });

  const download = async (
    address: string,
    signal: AbortSignal,
    redirects = MAX_REDIRECTS,
  ): Promise<Uint8Array> => {
    if (!isAllowed(new URL(address), rules)) throw new Error(`${address} must not be connected to`);
    const headers = { accept: 'image/png, image/webp, image/jpeg, image/gif' };
    const answer = await request(address, { dispatcher, headers, signal, reset: true });
    const { location } = answer.headers;
    if (answer.statusCode === 200) return answer.body.bytes();
    await answer.body.dump();
    if (REDIRECTS.has(answer.statusCode) && typeof location === 'string' && redirects > 0)
      return download(new URL(location, address).href, signal, redirects - 1);
    throw refusal(`was answered with status ${answer.statusCode}`);
  };

  return async (address) => {
    if (!isLogoAddress(address, rules)) throw refusal('has to be at an https address');
    const content = await download(address, AbortSignal.timeout(TIMEOUT_MILLISECONDS)).catch(
      (cause: unknown) => {
        if (cause instanceof DomainError) throw cause;
        const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
        if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw refusal('is larger than 256 KB', cause);
        // No details: the caller must not learn what this server can reach.
        throw refusal('could not be fetched from a public web server', cause);
      },
    );
    if (!imageTypeOf(content)) throw refusal('is not a PNG, JPEG, WebP or GIF image');
    return content;
  };
}

const refusal = (what: string, cause?: unknown): DomainError =>
  new DomainError('BAD_USER_INPUT', `The logo ${what}.`, { cause, reason: 'LOGO_REFUSED' });
