import { isUnstorableText } from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';
import {
  type EntityManager,
  type MikroORM,
  UniqueConstraintViolationException,
} from '@mikro-orm/postgresql';
import Provider, { type Adapter, type AdapterFactory, errors } from 'oidc-provider';

import { createClientAdapter } from '../oauth-clients/client-adapter.ts';
import { endGrants, endReusedGrant } from '../oidc-store/end-grants.ts';
import { OidcPayload } from '../oidc-store/oidc-payload.ts';
import { withLivingSessions } from '../sessions/session-adapter.ts';
import { createRowLimits } from './few-rows.ts';
import { withDigests } from './token-digests.ts';
import { withFewGuesses } from './user-code.ts';

/** Keeps what oidc-provider stores in our database. */
export function createAdapterFactory(orm: MikroORM): AdapterFactory {
  const limited = createRowLimits();
  return (model) => limited(model, refusingUnstorableText(adapterOf(orm, model)));
}

function adapterOf(orm: MikroORM, model: string): Adapter {
  switch (model) {
    case 'AuthorizationCode':
    case 'RefreshToken':
      return withDigests(payloadsOf(orm, model));
    case 'Client':
      return createClientAdapter(orm);
    case 'DeviceCode':
      return withFewGuesses(orm, withDigests(payloadsOf(orm, model)));
    case 'Grant':
      return { ...payloadsOf(orm, model), destroy: (id) => endGrant(orm.em.fork(), id) };
    case 'ReplayDetection':
      return withFirstOnly(orm, payloadsOf(orm, model));
    case 'Session':
      return withLivingSessions(orm, payloadsOf(orm, model));
    default:
      return payloadsOf(orm, model);
  }
}

/** What a client sends ends up as keys and payloads: text that cannot be stored is its mistake. */
function refusingUnstorableText(adapter: Adapter): Adapter {
  const refuse = (error: unknown): never => {
    if (isUnstorableText(error)) throw new errors.InvalidRequest('a parameter holds U+0000');
    throw error;
  };
  return {
    ...adapter,
    upsert: (id, payload, expiresIn) => adapter.upsert(id, payload, expiresIn).catch(refuse),
    find: (id) => adapter.find(id).catch(refuse),
    findByUid: (uid) => adapter.findByUid(uid).catch(refuse),
    findByUserCode: (userCode) => adapter.findByUserCode(userCode).catch(refuse),
  };
}

/** Deletes what has expired. */
export async function deleteExpired(orm: MikroORM): Promise<void> {
  await orm.em.fork().nativeDelete(OidcPayload, { expiresAt: { $lt: new Date() } });
}

function payloadsOf(orm: MikroORM, model: string): Adapter {
  const em = (): EntityManager => orm.em.fork();
  const findOne = async (where: FilterQuery<OidcPayload>) => {
    const row = await em().findOne(OidcPayload, where);
    if (!row || (row.expiresAt && row.expiresAt <= new Date())) return undefined;
    return {
      ...row.payload,
      ...(row.consumedAt && { consumed: Math.floor(row.consumedAt.getTime() / 1000) }),
    };
  };
  return {
    async upsert(id, payload, expiresIn) {
      const { grantId = null, uid = null, userCode = null } = payload;
      const expiresAt = endOf(expiresIn);
      // `consumedAt` is left as it is: storing a code again must not make it good again.
      await em().upsert(OidcPayload, { model, id, payload, grantId, uid, userCode, expiresAt });
    },
    find: (id) => findOne({ model, id }),
    findByUid: (uid) => findOne({ model, uid }),
    findByUserCode: (userCode) => findOne({ model, userCode }),
    async destroy(id) {
      await em().nativeDelete(OidcPayload, { model, id });
    },
    async revokeByGrantId() {
      // The end of the grant itself takes them along; the provider always asks for that too (revokeGrantPolicy).
    },
    async consume(id) {
      // One conditional UPDATE: of several redemptions at once exactly one finds it unconsumed.
      const where = { model, id, consumedAt: null };
      if ((await em().nativeUpdate(OidcPayload, where, { consumedAt: new Date() })) > 0) return;
      if (model === 'PushedAuthorizationRequest') throw new errors.InvalidRequestUri();
      const reused = await em().findOne(OidcPayload, { model, id });
      if (reused?.grantId) await endReusedGrant(em(), reused.grantId);
      throw new errors.InvalidGrant(`${model} already consumed`);
    },
  };
}

/** One INSERT: of several requests at once that present the same proof or assertion exactly one is the first. */
function withFirstOnly(orm: MikroORM, payloads: Adapter): Adapter {
  return {
    ...payloads,
    async upsert(id, payload, expiresIn) {
      const row = { model: 'ReplayDetection', id, payload, expiresAt: endOf(expiresIn) };
      try {
        await orm.em.fork().insert(OidcPayload, row);
      } catch (error) {
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
        throw new errors.InvalidGrant('the proof or assertion was used before');
      }
    },
  };
}

/** At the token endpoint the provider ends a grant for one reason: a code or refresh token came a second time. */
async function endGrant(em: EntityManager, id: string): Promise<void> {
  if (Provider.ctx?.oidc.route === 'token') await endReusedGrant(em, id);
  else await endGrants(em, [id]);
}

const endOf = (seconds: number | undefined): Date | null =>
  seconds ? new Date(Date.now() + seconds * 1000) : null;
