import type { MikroORM } from '@mikro-orm/postgresql';
import type { Adapter, AdapterPayload } from 'oidc-provider';

import { SessionRecord } from './session-record.ts';

/** A signed-in session exists as long as its record does. */
export function withLivingSessions(orm: MikroORM, payloads: Adapter): Adapter {
  const living = async (payload: AdapterPayload | undefined | void) => {
    const { uid: id, accountId: userId } = payload ?? {};
    if (!id || !userId) return payload;
    const record = { id, userId, expiresAt: { $gt: new Date() } };
    return (await orm.em.fork().count(SessionRecord, record)) > 0 ? payload : undefined;
  };
  return {
    ...payloads,
    find: async (id) => living(await payloads.find(id)),
    findByUid: async (uid) => living(await payloads.findByUid(uid)),
  };
}
