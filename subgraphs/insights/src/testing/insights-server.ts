import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createMigratedDatabase } from '@affluent/postgres/testing';
import { createLog } from '@affluent/service';
import { runOperation, startUsersNeighbour } from '@affluent/subgraph/testing';

import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { startServer } from '../server.ts';

const publicUrl = 'http://affluent.example';

const migrate = async (databaseUrl: string): Promise<void> => (await connect(databaseUrl)).close();

/** This subgraph on a database of its own, beside a datasets subgraph that has one dataset, for members of its workspace. */
export async function startInsights() {
  const workspaceId = crypto.randomUUID();
  const datasetId = crypto.randomUUID();
  const users = await startUsersNeighbour(publicUrl);
  const members = new Set<string>();
  const datasets = createServer((req, res) => {
    const [, payload = ''] = (req.headers.authorization ?? '').split('.');
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
    let body = '';
    req.on('data', (chunk) => (body += chunk));
    req.on('end', () => {
      const { variables } = JSON.parse(body) as { variables: { id: string } };
      const isSeen = variables.id === datasetId && members.has(sub);
      const dataset = isSeen
        ? { workspace: { id: workspaceId }, columns: [{ name: 'time' }, { name: 'load' }] }
        : null;
      res.end(JSON.stringify({ data: { dataset } }));
    });
  });
  await new Promise<void>((resolve) => {
    datasets.listen(0, '127.0.0.1', resolve);
  });
  const databaseUrl = await createMigratedDatabase({ name: 'insights', migrate });
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    USERS_URL: users.url,
    INSIGHTS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    DATASETS_URL: `http://127.0.0.1:${(datasets.address() as AddressInfo).port}`,
  });
  const log = createLog({ service: 'insights', level: 'silent' });
  let server = await startServer(config, log);
  return {
    workspaceId,
    datasetId,
    databaseUrl,
    users,
    async restart() {
      await server[Symbol.asyncDispose]();
      server = await startServer(config, log);
    },
    /** Runs an operation as a person. */
    as: async (
      userId: string,
      query: string,
      variables: Readonly<Record<string, unknown>> = {},
      limits: { readonly timeoutMilliseconds?: number; readonly signal?: AbortSignal } = {},
    ) =>
      runOperation({
        url: server.url,
        token: await users.tokenFor(userId),
        query,
        variables,
        ...limits,
      }),
    /** Makes a new person a member of the workspace. @returns their id. */
    makeMember: (role: 'EDITOR' | 'VIEWER'): string => {
      const userId = crypto.randomUUID();
      users.join(userId, workspaceId, role);
      members.add(userId);
      return userId;
    },
    /** Shows the dataset to a person who is not a member, as a bug in the datasets subgraph would. */
    letSee: (userId: string) => members.add(userId),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await users[Symbol.asyncDispose]();
      datasets.close();
    },
  };
}
