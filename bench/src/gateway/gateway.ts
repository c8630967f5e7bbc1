import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePorts } from '@affluent/postgres';
import { processTree } from '@affluent/sandbox';
import autocannon from 'autocannon';

import { type Figures, megabytes, rounded } from '../report.ts';
import {
  installPeers,
  type RunningGateway,
  startHive,
  startOurs,
  startPlain,
  writePeerSupergraph,
} from './peers.ts';
import { QUERIES } from './queries.ts';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 16;
const TICKS_PER_SECOND = 100;

interface StandIns {
  readonly urls: readonly [string, string, string];
  readonly token: string;
}

/** What one gateway did with one query in one round. */
interface Round {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMilliseconds: number;
}

/**
 * Our gateway, plain @apollo/gateway and Hive Gateway before the same subgraphs, with the same queries, in turns. Ours
 * checks an access token and the schema's access rules in each request; the others check nothing.
 *
 * `vs_plain` and `vs_hive` are the smallest ratio of requests a second over the queries; `p99_ms` is our greatest.
 */
export async function gatewayArea(): Promise<Figures> {
  await installPeers();
  await using cleanUp = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'affluent-bench-'));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  const [oursPort = 0, plainPort = 0, hivePort = 0] = await freePorts(3);
  const publicUrl = `http://127.0.0.1:${oursPort}`;

  const standIns = fork(fileURLToPath(new URL('stand-ins.ts', import.meta.url)), [publicUrl]);
  cleanUp.defer(() => {
    standIns.kill();
  });
  const [{ urls, token }] = (await once(standIns, 'message')) as [StandIns];
  const [users, datasets, insights] = urls;
  const subgraphs = { users, datasets, insights };
  const supergraph = await writePeerSupergraph(folder, subgraphs);
  const gateways = {
    ours: cleanUp.use(await startOurs(oursPort, publicUrl, subgraphs)),
    plain: cleanUp.use(await startPlain(plainPort, supergraph)),
    hive: cleanUp.use(await startHive(hivePort, supergraph)),
  };

  const figures: Record<string, number> = {};
  const ratios: { readonly plain: number; readonly hive: number; readonly p99: number }[] = [];
  for (const [queryName, query] of Object.entries(QUERIES)) {
    await assertSameAnswers(Object.values(gateways), query, token);
    const rounds: Record<keyof typeof gateways, Round[]> = { ours: [], plain: [], hive: [] };
    // In turns, so that no gateway gets the better moment of a shared machine; the first round warms them up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of ['ours', 'plain', 'hive'] as const) {
        const result = await load(gateways[name], query, token);
        if (round > 0) rounds[name].push(result);
      }
    }
    const medians = {
      ours: medianOf(rounds.ours),
      plain: medianOf(rounds.plain),
      hive: medianOf(rounds.hive),
    };
    for (const [name, { requestsPerSecond, p50, p99, cpuMilliseconds }] of Object.entries(
      medians,
    )) {
      figures[`${name}_${queryName}_per_s`] = rounded(requestsPerSecond, 0);
      figures[`${name}_${queryName}_p50_ms`] = p50;
      figures[`${name}_${queryName}_p99_ms`] = p99;
      figures[`${name}_${queryName}_cpu_ms`] = rounded(cpuMilliseconds, 3);
    }
    const { ours, plain, hive } = medians;
    ratios.push({
      plain: ours.requestsPerSecond / plain.requestsPerSecond,
      hive: ours.requestsPerSecond / hive.requestsPerSecond,
      p99: ours.p99,
    });
  }
  for (const [name, { pid }] of Object.entries(gateways)) {
    figures[`${name}_rss_mb`] = megabytes(processTree(pid).reduce((sum, { rss }) => sum + rss, 0));
  }
  return {
    ...figures,
    vs_plain: rounded(Math.min(...ratios.map(({ plain }) => plain))),
    vs_hive: rounded(Math.min(...ratios.map(({ hive }) => hive))),
    p99_ms: Math.max(...ratios.map(({ p99 }) => p99)),
  };
}

const requestOf = (query: string, token: string) => ({
  method: 'POST' as const,
  body: JSON.stringify({ query }),
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
});

/** Fast and wrong counts for nothing. */
async function assertSameAnswers(
  gateways: readonly RunningGateway[],
  query: string,
  token: string,
): Promise<void> {
  const answers = await Promise.all(
    gateways.map(async ({ url }) => (await fetch(url, requestOf(query, token))).text()),
  );
  const [first] = answers;
  if (!first?.startsWith('{"data":') || answers.some((answer) => answer.trim() !== first.trim())) {
    throw new Error(
      `The gateways answer differently:\n${answers.map((text) => text.slice(0, 500)).join('\n')}`,
    );
  }
}

async function load({ pid, url }: RunningGateway, query: string, token: string): Promise<Round> {
  const before = await cpuSeconds(pid);
  const { requests, latency, duration, non2xx, errors, ...result } = await autocannon({
    url,
    ...requestOf(query, token),
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (non2xx > 0 || errors > 0)
    throw new Error(`${non2xx + errors} of the requests to ${url} failed.`);
  return {
    requestsPerSecond: result['2xx'] / duration,
    p50: latency.p50,
    p99: latency.p99,
    cpuMilliseconds: (((await cpuSeconds(pid)) - before) * 1000) / requests.total,
  };
}

/** The median of each figure by itself. */
const medianOf = (rounds: readonly Round[]): Round => {
  const median = (pick: (round: Round) => number): number =>
    rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return {
    requestsPerSecond: median((round) => round.requestsPerSecond),
    p50: median((round) => round.p50),
    p99: median((round) => round.p99),
    cpuMilliseconds: median((round) => round.cpuMilliseconds),
  };
};

/** Processor time that a process and its children have used (proc(5): utime and stime). */
async function cpuSeconds(root: number): Promise<number> {
  const ticks = await Promise.all(
    processTree(root).map(async ({ pid }) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return ticks.reduce((sum, value) => sum + value, 0) / TICKS_PER_SECOND;
}
