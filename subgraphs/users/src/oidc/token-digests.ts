import Provider, { type Adapter } from 'oidc-provider';

import { digestOf } from '../secrets/secret.ts';

/** What stands before a digest that takes the place of an id. */
const DIGEST = 'digest:';

const keyOf = (id: string): string =>
  id.startsWith(DIGEST) ? id.slice(DIGEST.length) : digestOf(id);

/**
 * Keeps codes and refresh tokens, whose id is what a program presents, by the digest of it: who reads the database has
 * nothing to present. A device code that is found by the code which a person types has its digest for an id.
 */
export function withDigests(payloads: Adapter): Adapter {
  return {
    ...payloads,
    upsert(id, { jti: _presented, ...payload }, expiresIn) {
      const key = keyOf(id);
      return payloads.upsert(key, { ...payload, digest: key }, expiresIn);
    },
    async find(id) {
      // The provider's own note of a device code. What a program presents is never taken for a digest.
      const isNoted = Provider.ctx?.oidc.route === 'device_resume';
      const payload = await payloads.find(isNoted ? keyOf(id) : digestOf(id));
      return payload && { ...payload, jti: id };
    },
    async findByUserCode(userCode) {
      const payload = await payloads.findByUserCode(userCode);
      return payload && { ...payload, jti: `${DIGEST}${String(payload.digest)}` };
    },
    destroy: (id) => payloads.destroy(keyOf(id)),
    consume: (id) => payloads.consume(keyOf(id)),
  };
}
