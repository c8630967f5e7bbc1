import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';
import { freePort } from '@affluent/postgres';
import { processTree, type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { Client as DatabaseClient } from 'pg';

const IMPORT = `mutation ($file: Upload!, $input: ImportDatasetInput!) {
  importDataset(file: $file, input: $input) { import { id dataset { id } } } }`;
export const ACCOUNT = {
  email: 'hedy@affluent.example',
  password: 'frequency-hopping-1942',
  displayName: 'Hedy',
};
const PROGRESS = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
const CREATE_CHART =
  'mutation ($input: CreateChartInput!) { createChart(input: $input) { chart { id } } }';

export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly path: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly serviceName: string };
  }[];
}

/** The product with one dataset and one chart of it. */
export interface Scene extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly workspaceId: string;
  readonly datasetId: string;
  readonly chartId: string;
  readonly ask: (query: string, signal?: AbortSignal) => Promise<Answer>;
  readonly pidOf: (service: string) => number;
  /** A superuser's connection to a database of the product. */
  readonly database: (name: 'datasets' | 'insights') => Promise<DatabaseClient>;
}

export async function openScene(
  csv: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Scene> {
  await using opened = new AsyncDisposableStack();
  const port = await freePort();
  const sandbox = opened.use(await startSandbox({ env: { POSTGRES_PORT: String(port), ...env } }));
  const client = opened.use(
    await signUp({
      origin: sandbox.origin,
      ...ACCOUNT,
    }),
  );
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = viewer.memberships[0]?.workspace.id ?? '';
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(
    IMPORT,
    { input: { workspaceId, name: 'Signals' } },
    { name: 'signals.csv', bytes: Buffer.from(csv) },
  );
  const datasetId = importDataset.import.dataset.id;
  for await (const _ of client.subscribe(PROGRESS, { id: importDataset.import.id }));
  const spec = { x: 'time', y: 'load' };
  const { createChart } = await client.query<{ createChart: { chart: { id: string } } }>(
    CREATE_CHART,
    { input: { datasetId, title: 'Load', spec } },
  );

  const ask = async (query: string, signal?: AbortSignal): Promise<Answer> => {
    const response = await fetch(`${sandbox.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await client.accessToken()}`,
      },
      body: JSON.stringify({ query }),
      ...(signal && { signal }),
    });
    return (await response.json()) as Answer;
  };
  const pidOf = (service: string): number => {
    const found = processTree(sandbox.pid).find(({ name }) => name === service);
    if (!found) throw new Error(`There is no process of ${service}.`);
    return found.pid;
  };
  const database = async (name: string): Promise<DatabaseClient> => {
    const secrets = JSON.parse(readFileSync(join(sandbox.dataDir, 'secrets.json'), 'utf8')) as {
      POSTGRES_PASSWORD: string;
    };
    const connection = new DatabaseClient({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: secrets.POSTGRES_PASSWORD,
      database: `affluent_${name}`,
    });
    await connection.connect();
    return connection;
  };
  const chartId = createChart.chart.id;
  const scene = { sandbox, client, workspaceId, datasetId, chartId, ask, pidOf, database };
  const all = opened.move();
  return { ...scene, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
