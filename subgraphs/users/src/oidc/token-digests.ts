import type { Adapter } from 'oidc-provider';

import { digestOf } from '../secrets/secret.ts';

/**
 * Keeps codes and refresh tokens, whose id is what a program presents, by the digest of it: who reads the database has
 * nothing to present.
 */
export function withDigests(payloads: Adapter): Adapter {
  return {
    ...payloads,
    upsert(id, { jti: _presented, ...payload }, expiresIn) {
      return payloads.upsert(digestOf(id), payload, expiresIn);
    },
    async find(id) {
      const payload = await payloads.find(digestOf(id));
      return payload && { ...payload, jti: id };
    },
    destroy: (id) => payloads.destroy(digestOf(id)),
    consume: (id) => payloads.consume(digestOf(id)),
  };
}
