import { createHash } from 'node:crypto';

import { graphResourceOf, InvalidTokenError } from '@affluent/service';
import { LRUCache } from 'lru-cache';
import { type Configuration, genericGrantRequest, ResponseBodyError } from 'openid-client';

/** How personal access tokens begin, so that secret scanners and people know one when they see it. */
export const PERSONAL_TOKEN = /^aff_pat_[\w-]{43}$/;

export interface PersonalTokens {
  /**
   * The short-lived access token that a personal one stands for.
   * @throws {InvalidTokenError} when it is unknown, expired or revoked.
   */
  readonly exchange: (personalToken: string) => Promise<string>;
  /** Asks again next time: a subgraph has refused what the exchange gave. */
  readonly forget: (personalToken: string) => void;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const MARGIN_MILLISECONDS = 5_000;
const MOST_KEPT = 10_000;

/**
 * Exchanges personal access tokens at the identity provider (RFC 8693), so that behind this door there is one kind of
 * token only. What they stand for is kept in memory, by digest, for as long as it lives.
 */
export function createPersonalTokens(oidc: Configuration, publicUrl: string): PersonalTokens {
  const kept = new LRUCache<string, Promise<string>>({ max: MOST_KEPT });
  const digest = (token: string): string => createHash('sha256').update(token).digest('base64');

  const ask = async (personalToken: string, key: string): Promise<string> => {
    try {
      const { access_token, expires_in = 0 } = await genericGrantRequest(oidc, GRANT, {
        subject_token: personalToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource: graphResourceOf(publicUrl),
      });
      const ttl = expires_in * 1000 - MARGIN_MILLISECONDS;
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
    exchange: (personalToken) => {
      const key = digest(personalToken);
      const known = kept.get(key);
      if (known) return known;
      const asked = ask(personalToken, key);
      kept.set(key, asked);
      return asked;
    },
    forget: (personalToken) => {
      kept.delete(digest(personalToken));
    },
  };
}
