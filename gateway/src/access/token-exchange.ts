import { createHash } from 'node:crypto';

import { graphResourceOf, InvalidTokenError } from '@affluent/service';
import { LRUCache } from 'lru-cache';
import { type Configuration, genericGrantRequest, ResponseBodyError } from 'openid-client';

/** Personal access tokens have a prefix by which secret scanners and people recognize them. */
export const PERSONAL_TOKEN = /^aff_pat_[\w-]{43}$/;

export interface TokenExchange {
  /**
   * The bearer token for a token that a client presented: a personal access token, or an access token that is bound to a key and
   * whose proof has been checked.
   * @throws {InvalidTokenError} when it is unknown, expired or revoked.
   */
  readonly exchange: (presented: string) => Promise<string>;
  /** Drops the cached bearer token, which a subgraph has refused. */
  readonly forget: (presented: string) => void;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
/** The bearer token of a personal access token is replaced before it expires: requests must not begin with one that is about to. */
const MARGIN_MILLISECONDS = 5_000;
const MAX_ENTRIES = 10_000;

/**
 * Exchanges tokens at the identity provider (RFC 8693), so that subgraphs accept one kind of token only. Results are cached in
 * memory, by digest, until they expire.
 */
export function createTokenExchange(oidc: Configuration, publicUrl: string): TokenExchange {
  const kept = new LRUCache<string, Promise<string>>({ max: MAX_ENTRIES });
  const digest = (token: string): string => createHash('sha256').update(token).digest('base64');

  const ask = async (presented: string, key: string): Promise<string> => {
    try {
      const { access_token, expires_in = 0 } = await genericGrantRequest(oidc, GRANT, {
        subject_token: presented,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: graphResourceOf(publicUrl),
      });
      const margin = PERSONAL_TOKEN.test(presented) ? MARGIN_MILLISECONDS : 0;
      const ttl = expires_in * 1000 - margin;
      if (ttl > 0) kept.set(key, Promise.resolve(access_token), { ttl });
      else kept.delete(key);
      return access_token;
    } catch (error) {
      kept.delete(key);
      if (error instanceof ResponseBodyError && error.error === 'invalid_grant') {
        throw new InvalidTokenError('The access token is not valid, or it has expired.', {
          cause: error,
        });
      }
      throw error;
    }
  };

  return {
    exchange: (presented) => {
      const key = digest(presented);
      const known = kept.get(key);
      if (known) return known;
      const asked = ask(presented, key);
      kept.set(key, asked);
      return asked;
    },
    forget: (presented) => {
      kept.delete(digest(presented));
    },
  };
}
