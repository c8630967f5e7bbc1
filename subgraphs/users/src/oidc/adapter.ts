import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';

import { OidcPayload } from './oidc-payload.ts';

/** Keeps what oidc-provider stores in our database. */
export function createAdapterFactory(orm: MikroORM): AdapterFactory {
  const em = (): EntityManager => orm.em.fork();
  const findOne = async (where: FilterQuery<OidcPayload>): Promise<AdapterPayload | undefined> => {
    const row = await em().findOne(OidcPayload, where);
    if (!row || (row.expiresAt && row.expiresAt <= new Date())) return undefined;
    return {
      ...row.payload,
      ...(row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) }),
    };
  };
  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const { grantId = null, uid = null, userCode = null } = payload;
      const expiresAt = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null;
      // `consumedAt` is left as it is: storing a code again must not make it good again.
      await em().upsert(OidcPayload, { model, id, payload, grantId, uid, userCode, expiresAt });
    },
    find: (id) => findOne({ model, id }),
    findByUid: (uid) => findOne({ model, uid }),
    findByUserCode: (userCode) => findOne({ model, userCode }),
    async destroy(id) {
      await em().nativeDelete(OidcPayload, { model, id });
    },
    async revokeByGrantId(grantId) {
      await em().nativeDelete(OidcPayload, { model, grantId });
    },
    async consume(id) {
      // One conditional UPDATE: of several redemptions at once exactly one finds it unconsumed.
      const taken = await em().nativeUpdate(
        OidcPayload,
        { model, id, consumedAt: null },
        { consumedAt: new Date() },
      );
      if (taken === 0) throw new errors.InvalidGrant(`${model} already consumed`);
    },
  });
}

/** Deletes what has expired. */
export async function deleteExpired(orm: MikroORM): Promise<void> {
  await orm.em.fork().nativeDelete(OidcPayload, { expiresAt: { $lt: new Date() } });
}
