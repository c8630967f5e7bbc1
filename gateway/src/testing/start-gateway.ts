import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { compose } from '@affluent/federation-cases';
import { createLog } from '@affluent/service';
import { startUsersNeighbour } from '@affluent/subgraph/testing';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';

const PUBLIC_URL = 'http://affluent.example';

interface GatewayOptions {
  /** Of the subgraphs, by name. Without any, the product's own graph. */
  readonly sdls?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole gateway on a free port, with a stand-in for the users subgraph that issues any token. */
export async function startGateway({ sdls, env = {} }: GatewayOptions = {}) {
  await using stack = new AsyncDisposableStack();
  const users = stack.use(await startUsersNeighbour(PUBLIC_URL));
  const folder = await mkdtemp(join(tmpdir(), 'affluent-gateway-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const supergraphPath = join(folder, 'supergraph.graphql');
  if (sdls) await writeFile(supergraphPath, compose(sdls).supergraphSdl ?? '');
  const gateway = stack.use(
    await startServer(
      readConfig({
        PORT: '0',
        PUBLIC_URL,
        USERS_URL: users.url,
        DATASETS_URL: users.url,
        INSIGHTS_URL: users.url,
        ...(sdls && { SUPERGRAPH_PATH: supergraphPath }),
        SESSION_KEY: randomBytes(32).toString('base64url'),
        GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
        DRAIN_MILLISECONDS: '0',
        ...env,
      }),
      createLog({ service: 'gateway', level: 'silent' }),
    ),
  );
  const started = stack.move();
  return {
    url: gateway.url,
    tokenFor: (...claims: Parameters<typeof users.tokenFor>) => users.tokenFor(...claims),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
