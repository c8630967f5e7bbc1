import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Client } from '@affluent/client';
import { signUp } from '@affluent/client/testing';

import { powerAt, powerHistory, weatherHistory } from './power.ts';

/**
 * `npm run demo`, against a running system (AFFLUENT_URL, default http://localhost:4000): makes an account with a
 * workspace, two datasets and a chart, and keeps data arriving until Ctrl-C.
 */
const origin = (process.env.AFFLUENT_URL ?? 'http://localhost:4000').replace(/\/+$/, '');

const CREATE_WORKSPACE = /* documented operation */ `mutation ($name: String!) {
  createWorkspace(input: { name: $name }) { workspace { id } }
}`;
const IMPORT = /* documented operation */ `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id dataset { id } } }
}`;
const PROGRESS = /* documented operation */ `subscription ($id: ID!) {
  importProgressed(importId: $id) { status error { message } }
}`;
const CREATE_CHART = /* documented operation */ `mutation ($input: CreateChartInput!) {
  createChart(input: $input) { chart { id } }
}`;
const APPEND = /* documented operation */ `mutation ($input: AppendDataPointsInput!) {
  appendDataPoints(input: $input) { appended }
}`;

async function importFile(
  client: Client,
  workspaceId: string,
  name: string,
  file: { name: string; bytes: Uint8Array },
) {
  const { importDataset } = await client.upload<{
    importDataset: { import: { id: string; dataset: { id: string } } };
  }>(IMPORT, { input: { workspaceId, name } }, file);
  const { id, dataset } = importDataset.import;
  const progress = client.subscribe<{ importProgressed: { error: { message: string } | null } }>(
    PROGRESS,
    { id },
  );
  for await (const { importProgressed } of progress) {
    if (importProgressed.error) throw new Error(importProgressed.error.message);
  }
  return dataset.id;
}

async function run(): Promise<void> {
  const reachable = await fetch(`${origin}/healthz`).catch(() => undefined);
  if (!reachable?.ok) {
    throw new Error(
      `Nothing answers at ${origin}. Start Affluent with "npm start", or set AFFLUENT_URL to where it runs.`,
    );
  }
  const email = `demo-${randomBytes(3).toString('hex')}@affluent.example`;
  const password = randomBytes(12).toString('base64url');
  await using client = await signUp({ origin, email, password, displayName: 'Demo' });
  const { createWorkspace } = await client.query<{
    createWorkspace: { workspace: { id: string } };
  }>(CREATE_WORKSPACE, {
    name: 'Demo',
  });
  const workspaceId = createWorkspace.workspace.id;
  const now = Date.now();
  const datasetId = await importFile(client, workspaceId, 'Electricity demand', {
    name: 'electricity-demand.csv',
    bytes: powerHistory(now),
  });
  await importFile(client, workspaceId, 'Daily weather', {
    name: 'daily-weather.json',
    bytes: weatherHistory(now),
  });
  await client.query(CREATE_CHART, {
    input: {
      datasetId,
      title: 'Electricity demand by region',
      spec: { x: 'time', y: 'megawatts', groupBy: 'region' },
    },
  });
  console.log(`
  The chart moves here:  ${origin}/datasets/${datasetId}
  Sign in as             ${email}
  with the password      ${password}

  New data arrives every second until you press Ctrl-C.
`);
  for (;;) {
    await setTimeout(1000);
    await client.query(APPEND, { input: { datasetId, points: powerAt(Date.now()) } });
  }
}

process.once('SIGINT', () => process.exit(0)).once('SIGTERM', () => process.exit(0));
try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
