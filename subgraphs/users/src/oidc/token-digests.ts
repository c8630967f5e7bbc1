import Provider, { type Adapter } from 'oidc-provider';

import { digestOf } from '../secrets/secret.ts';

/** Prefix of a digest that is used in place of an id. */
const DIGEST = 'digest:';

const keyOf = (id: string): string =>
  id.startsWith(DIGEST) ? id.slice(DIGEST.length) : digestOf(id);

/**
 * Stores codes and refresh tokens by a digest of their id. The id is what a program presents, so a copy of the database
 * contains nothing that can be presented. A device code found by its user code has its digest as id.
 */
export function withDigests(payloads: Adapter): Adapter {
  return {
    ...payloads,
    upsert(id, { jti: _presented, ...payload }, expiresIn) {
      const key = keyOf(id);
      return payloads.upsert(key, { ...payload, digest: key }, expiresIn);
    },
    async find(id) {
      // Here the provider looks up its own reference to a device code. What a program presents is never taken as a digest.
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
