import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  type ExpectedAnswer,
  type FederationCase,
  schemaOf,
  supergraphOf,
} from '@affluent/federation-cases';
import { freePort } from '@affluent/postgres';
import { createHandler } from 'graphql-http/lib/use/http';
import { vi } from 'vitest';

import { listen } from './listen.ts';
import { startUsersStandIn } from './users-stand-in.ts';

const GATEWAY = fileURLToPath(new URL('../../gateway', import.meta.url));
const PUBLIC_URL = 'http://affluent.example';

/** A gateway process, with the subgraphs of all these cases over HTTP. It serves the graph of one case at a time. */
export async function startCasesGateway(cases: readonly [FederationCase, ...FederationCase[]]) {
  await using stack = new AsyncDisposableStack();
  const users = stack.use(await startUsersStandIn(PUBLIC_URL));
  const urls: Record<string, string> = {};
  for (const { subgraphs } of cases)
    for (const [name, subgraph] of Object.entries(subgraphs)) {
      const handler = createHandler({ schema: schemaOf(subgraph) });
      const server = createServer((request, response) => void handler(request, response));
      urls[name] = stack.use(await listen(server)).url;
    }
  const folder = await mkdtemp(join(tmpdir(), 'affluent-federation-'));
  stack.defer(() => rm(folder, { recursive: true }));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, supergraphOf(cases[0].subgraphs));

  const port = await freePort();
  const gateway = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: GATEWAY,
    env: {
      PORT: String(port),
      PUBLIC_URL,
      USERS_URL: users.url,
      DATASETS_URL: users.url,
      INSIGHTS_URL: users.url,
      SUBGRAPH_URLS: JSON.stringify(urls),
      SUPERGRAPH_PATH: supergraphPath,
      SESSION_KEY: randomBytes(32).toString('base64url'),
      GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
      DRAIN_MILLISECONDS: '0',
    },
    stdio: 'ignore',
  });
  stack.defer(async () => {
    if (gateway.exitCode !== null) return;
    const ended = once(gateway, 'exit');
    gateway.kill();
    await ended;
  });
  const origin = `http://127.0.0.1:${port}`;
  const isReady = async () => (await fetch(`${origin}/readyz`).catch(() => undefined))?.ok;
  await vi.waitUntil(isReady, { timeout: 120_000 });

  const ask = async (
    query: string,
    variables: object = {},
  ): Promise<ExpectedAnswer & { readonly status: number }> => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
        authorization: `Bearer ${users.token}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as ExpectedAnswer) };
  };
  const rootFields = async (): Promise<string> =>
    JSON.stringify(await ask('{ __schema { queryType { fields { name } } } }'));
  const started = stack.move();
  return {
    ask,
    /** Puts the graph of a case in the place of the one before, which the gateway notices. */
    async serve({ subgraphs }: FederationCase): Promise<void> {
      const before = await rootFields();
      await writeFile(`${supergraphPath}.next`, supergraphOf(subgraphs));
      await rename(`${supergraphPath}.next`, supergraphPath);
      await vi.waitUntil(async () => (await rootFields()) !== before, { timeout: 120_000 });
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
