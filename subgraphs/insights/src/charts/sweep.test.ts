import { afterAll, expect, test } from 'vitest';

import { connect } from '../database.ts';
import { startInsights } from '../testing/insights-server.ts';
import { Chart } from './chart.ts';

const server = await startInsights();
const orm = await connect(server.databaseUrl);
afterAll(async () => {
  await orm.close();
  await server[Symbol.asyncDispose]();
});
const { users, workspaceId, datasetId } = server;
const CREATE = `mutation ($input: CreateChartInput!) { createChart(input: $input) { chart { id } } }`;
const input = { datasetId, title: 'Load', spec: { x: 'time', y: 'load' } };
const countCharts = () => orm.em.fork().count(Chart);

test('charts of a deleted workspace are deleted, once the users subgraph says that it was deleted', async () => {
  await server.as(server.makeMember('EDITOR'), CREATE, { input });
  await orm.em.fork().insert(Chart, {
    id: crypto.randomUUID(),
    workspaceId: crypto.randomUUID(),
    datasetId,
    title: 'Of another workspace',
    type: 'LINE',
    spec: { x: 'time', y: 'load', measure: 'AVG', groupBy: null },
    createdAt: new Date(),
  });
  users.deleteWorkspace(workspaceId);
  for (const answers of ['away', 'empty'] as const) {
    users.answerServices(answers);
    const before = users.asked();
    await server.restart();
    // Asked twice: the first run has ended without deleting anything.
    await expect.poll(users.asked).toBeGreaterThan(before + 1);
    expect(await countCharts()).toBe(2);
  }
  users.answerServices('normal');
  await expect.poll(countCharts).toBe(1);
  expect(await orm.em.fork().count(Chart, { workspaceId })).toBe(0);
});
