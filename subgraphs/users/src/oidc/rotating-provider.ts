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
  /** Days after which a new signing key is made. */
  readonly days: number;
  readonly log: Logger;
  /** Builds a provider that signs with the first of these keys and publishes all of them. */
  readonly build: (signingKeys: readonly JWK[]) => BuiltProvider;
}

const CHECK_MILLISECONDS = 60_000;

/**
 * The identity provider with the current signing keys. oidc-provider reads its keys once, so each change of keys replaces the
 * instance. Instances hold no state of their own: it is all in the database.
 */
export async function startRotatingProvider(options: RotatingProviderOptions) {
  const { orm, encryptionKey, days, log, build } = options;
  const read = () => takeSigningKeys(orm, { encryptionKey, days });
  let keys = await read();
  let built = build(keys);
  const check = async (): Promise<void> => {
    const present = await read();
    if (present.map(({ kid }) => kid).join() === keys.map(({ kid }) => kid).join()) return;
    keys = present;
    built = build(keys);
    log.info({ signingKey: keys[0]?.kid }, 'signing keys changed');
  };
  const checking = setInterval(() => {
    check().catch((error: unknown) => log.error({ err: error }, 'reading the signing keys failed'));
  }, CHECK_MILLISECONDS);
  const routes: RequestHandler = (req, res, next) => built.routes(req, res, next);
  return {
    get provider(): Provider {
      return built.provider;
    },
    routes,
    [Symbol.dispose]() {
      clearInterval(checking);
    },
  };
}
