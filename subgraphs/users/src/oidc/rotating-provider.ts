import type { Logger } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';
import type { JWK } from 'jose';
import type { default as Provider } from 'oidc-provider';

import { takeSigningKeys } from './signing-key.ts';

interface BuiltProvider {
  readonly provider: Provider;
  /** Its endpoints and pages. */
  readonly routes: RequestHandler;
}

interface RotatingProviderOptions {
  readonly orm: MikroORM;
  readonly encryptionKey: Uint8Array;
  /** How old a signing key gets, in days. */
  readonly days: number;
  readonly log: Logger;
  /** Makes a provider that signs with the first of these keys and shows all of them. */
  readonly build: (signingKeys: readonly JWK[]) => BuiltProvider;
}

const LOOKED_AGAIN_MILLISECONDS = 60_000;

/**
 * The identity provider with the signing keys of now. oidc-provider takes its keys once, so when a key comes, takes over
 * or goes, another instance takes the place of the one before: all that they know is in the database.
 */
export async function startRotatingProvider(options: RotatingProviderOptions) {
  const { orm, encryptionKey, days, log, build } = options;
  const read = () => takeSigningKeys(orm, { encryptionKey, days });
  let keys = await read();
  let built = build(keys);
  const look = async (): Promise<void> => {
    const present = await read();
    if (present.map(({ kid }) => kid).join() === keys.map(({ kid }) => kid).join()) return;
    keys = present;
    built = build(keys);
    log.info({ signingKey: keys[0]?.kid }, 'signing keys changed');
  };
  const looking = setInterval(() => {
    look().catch((error: unknown) => log.error({ err: error }, 'signing keys not read'));
  }, LOOKED_AGAIN_MILLISECONDS);
  const routes: RequestHandler = (req, res, next) => built.routes(req, res, next);
  return {
    get provider(): Provider {
      return built.provider;
    },
    routes,
    [Symbol.dispose]() {
      clearInterval(looking);
    },
  };
}
