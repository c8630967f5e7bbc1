import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Sandbox } from '@affluent/sandbox';
import { startSandbox } from '@affluent/sandbox/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createScene, type Scene } from '../access/scene.ts';

const NOW = await readFile(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
/** An earlier graph, without the number of rows. */
const BEFORE = NOW.replace(/^  rowCount: .*\n/m, '');

let folder: string;
let path: string;
let sandbox: Sandbox;
let scene: Scene;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affluent-schema-life-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, BEFORE);
  sandbox = await startSandbox({ env: { SUPERGRAPH_PATH: path } });
  scene = await createScene(sandbox.origin);
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await sandbox?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Replaces the supergraph file that the gateway watches. */
async function replaceBy(supergraph: string): Promise<void> {
  await writeFile(`${path}.next`, supergraph);
  await rename(`${path}.next`, path);
}

const ROW_COUNT = 'query ($id: ID!) { dataset(id: $id) { name rowCount } }';
const rowCount = () =>
  scene.owner.client
    .query<{ dataset: { rowCount: number } }>(ROW_COUNT, { id: scene.datasetId })
    .then(({ dataset }) => Number(dataset.rowCount));

/** Sends queries, eight at a time, until it is stopped. */
function underLoad() {
  let isOver = false;
  let answered = 0;
  const failures: unknown[] = [];
  const NAME = 'query ($id: ID!) { dataset(id: $id) { name } viewer { displayName } }';
  const ask = async (): Promise<void> => {
    while (!isOver) {
      await scene.owner.client.query(NAME, { id: scene.datasetId }).then(
        () => answered++,
        (error: unknown) => failures.push(error),
      );
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, ask));
  return {
    answered: () => answered,
    failures,
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}

test('under load, a new supergraph is served, a broken one is refused, no request fails and no subscription ends', async () => {
  const { client } = scene.owner;
  expect(BEFORE).not.toBe(NOW);
  await expect(rowCount()).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  const after = await scene.append();
  const events = client.subscribe<{ dataPointsAppended: { cursor: string } }>(
    'subscription ($id: ID!, $after: String) { dataPointsAppended(datasetId: $id, after: $after) { cursor } }',
    { id: scene.datasetId, after },
  );
  const appendAndReceive = async (): Promise<void> => {
    const cursor = await scene.append();
    const { value } = await events.next();
    expect(value).toEqual({ dataPointsAppended: { cursor } });
  };
  await appendAndReceive();
  const load = underLoad();

  await replaceBy(NOW);
  await expect.poll(() => rowCount().catch(() => 0)).toBe(3);
  await appendAndReceive();

  const broken = [NOW.slice(0, NOW.length / 2), NOW.replace('name: "datasets"', 'name: "others"')];
  for (const [index, supergraph] of broken.entries()) {
    await replaceBy(supergraph);
    await expect.poll(() => sandbox.output().split('supergraph refused').length).toBe(index + 2);
    expect(await rowCount()).toBe(4);
  }
  await appendAndReceive();

  // The load goes on at least as long as the changes.
  const answered = load.answered();
  await expect.poll(load.answered).toBeGreaterThan(answered + 50);
  await load.stop();
  expect(load.failures).toEqual([]);
  await events.return?.();
});
