import type { MikroORM } from '@mikro-orm/postgresql';
import type { Adapter, ClientMetadata } from 'oidc-provider';

import { metadataOf } from './client-metadata.ts';
import { OAuthClient } from './oauth-client.ts';

/** How long a change by another process may go unseen. */
const FRESH_MILLISECONDS = 5000;
const MAX_ENTRIES = 10_000;

interface Kept {
  readonly metadata: Promise<ClientMetadata | undefined>;
  readonly until: number;
}

/** By client id, which is random: no two databases share one. A lookup in progress is kept too, so it can be forgotten. */
const kept = new Map<string, Kept>();

/** Makes this process read a client afresh. To be called once its change is committed. */
export const forgetClient = (clientId: string): void => {
  kept.delete(clientId);
};

/** Registered clients as oidc-provider asks for them: a client that asks for tokens all the time costs no query each time. */
export function createClientAdapter(orm: MikroORM): Adapter {
  const read = async (clientId: string): Promise<ClientMetadata | undefined> => {
    const client = await orm.em.fork().findOne(OAuthClient, { clientId });
    return client ? metadataOf(client) : undefined;
  };
  return {
    async find(clientId) {
      // What cannot be an id of ours is not found; the database would refuse some of it.
      if (!/^[\w-]{1,100}$/.test(clientId)) return undefined;
      const present = kept.get(clientId);
      if (present && present.until > Date.now()) return present.metadata;
      if (kept.size >= MAX_ENTRIES) kept.clear();
      const entry = { metadata: read(clientId), until: Date.now() + FRESH_MILLISECONDS };
      kept.set(clientId, entry);
      const drop = () => kept.get(clientId) === entry && kept.delete(clientId);
      try {
        const metadata = await entry.metadata;
        if (!metadata) drop();
        return metadata;
      } catch (error) {
        drop();
        throw error;
      }
    },
    upsert: refuse,
    findByUserCode: refuse,
    findByUid: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}

/** Clients are registered through the graph (dynamic registration is off), and are neither sessions nor tokens. */
const refuse = (): never => {
  throw new Error('A client can only be looked up.');
};
