import { isHostName } from '../pages/page-headers.ts';
import { OAuthClientType } from './oauth-client.ts';

const MAX_LENGTH = 2000;

const IPV6 = /^\[[\da-f:]+\]$/;
const LOOPBACKS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]']);

/** RFC 8252, 7.1: a domain name in reverse, so that a program uses a name that is its own. */
const PRIVATE_USE_SCHEME = /^[a-z][a-z\d+-]*(\.[a-z\d+-]+)+:$/;

/**
 * Why a client of this type may not have people sent back to this address; undefined when it may. The answer continues
 * a sentence that begins with the address.
 */
export function findRedirectProblem(uri: string, type: OAuthClientType): string | undefined {
  if (uri.length > MAX_LENGTH || !/^[!-~]+$/.test(uri)) {
    return `has to be 1 to ${MAX_LENGTH} characters of ASCII without spaces`;
  }
  if (uri.includes('*')) return 'must not have a wildcard: it is compared character by character';
  if (uri.includes('#')) return 'must not have a fragment (#)';
  const url = URL.parse(uri);
  if (!url) return 'is not an absolute URI';
  if (url.username || url.password) return 'must not hold credentials';
  const problem = findSchemeProblem(url, type);
  if (problem) return problem;
  // One way to write an address, so that two that mean the same are the same.
  const isNormal = url.href === uri || url.href === `${uri}/`;
  return isNormal ? undefined : `has to be written as ${url.href}`;
}

function findSchemeProblem(url: URL, type: OAuthClientType): string | undefined {
  const { protocol, hostname } = url;
  const isPublic = type === OAuthClientType.PUBLIC;
  if (protocol === 'https:') {
    return isHostName(hostname) || IPV6.test(hostname) ? undefined : 'has no proper host name';
  }
  if (protocol === 'http:') {
    if (!isPublic) return 'has to use https';
    return LOOPBACKS.has(hostname)
      ? undefined
      : 'has to use https; http is for 127.0.0.1 and [::1] only';
  }
  if (!PRIVATE_USE_SCHEME.test(protocol)) {
    return 'has to use https, or a scheme with a dot in it such as com.example.app';
  }
  return isPublic ? undefined : 'has to use https: other schemes are for public clients';
}
