import { createHash } from 'node:crypto';

import { graphResourceOf, InvalidTokenError } from '@affluent/service';
import { LRUCache } from 'lru-cache';
import { type Configuration, genericGrantRequest, ResponseBodyError } from 'openid-client';

/** How personal access tokens begin, so that secret scanners and people know one when they see it. */
export const PERSONAL_TOKEN = /^aff_pat_[\w-]{43}$/;

export interface TokenExchange {
  /**
   * The bearer token that stands for what a client presented: a personal access token, or an access token that is bound to a
   * key and whose proof has been checked.
   * @throws {InvalidTokenError} when it is unknown, expired or revoked.
   */
  readonly exchange: (presented: string) => Promise<string>;
  /** Exchanges it again next time: a subgraph has refused what the exchange gave. */
  readonly forget: (presented: string) => void;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
/** What a personal access token gives ends before it does: a request must not set out with what is about to expire. */
const MARGIN_MILLISECONDS = 5_000;
const MAX_ENTRIES = 10_000;

/**
 * Exchanges tokens at the identity provider (RFC 8693), so that subgraphs see one kind of token only. The result is kept in
 * memory, by digest, for as long as it lives: one exchange serves all requests of that time.
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
