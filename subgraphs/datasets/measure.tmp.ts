import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, openAsBlob } from 'node:fs';
import { writeFileSync } from 'node:fs';

import { ensureDatabase, startPostgres } from '@affluent/postgres';

import { startUsersNeighbour } from '../../packages/subgraph/src/testing/neighbours.ts';

const dir = mkdtempSync('/tmp/measure/run-');
const pg = await startPostgres({
  folder: `${dir}/pg`,
  port: Number(process.env.PGP ?? 54999),
  password: 'x',
  flags: [],
} as never);
const users = await startUsersNeighbour('http://localhost:4000');
const databaseUrl = await ensureDatabase({ adminUrl: pg.url, name: 'datasets', password: 'x' });
const ws = randomUUID(),
  me = randomUUID();
users.join(me, ws, 'OWNER');
const token = await users.tokenFor(me);
let child: ReturnType<typeof spawn>;
const start = () =>
  new Promise<string>((resolve) => {
    child = spawn(
      process.execPath,
      process.env.DIST
        ? ['dist/main.js']
        : ['--conditions=source', '--import', 'tsx', 'src/main.ts'],
      {
        env: {
          ...process.env,
          PORT: '0',
          PUBLIC_URL: 'http://localhost:4000',
          DATABASE_URL: databaseUrl,
          USERS_URL: users.url,
          SPOOL_DIR: `${dir}/spool`,
          LOG_LEVEL: 'info',
        },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    );
    child.stdout!.on('data', (d) => {
      const m = /"url":"([^"]+)"/.exec(String(d));
      if (m) resolve(m[1]!);
      if (/"level":[456]0/.test(String(d))) console.log(String(d));
    });
  });
const gql = async (url: string, query: string, variables: unknown) =>
  (
    await (
      await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
    ).json()
  ).data;
const rss = (f = 'VmHWM') =>
  Number(
    /(\d+) kB/.exec(
      readFileSync(`/proc/${child.pid}/status`, 'utf8')
        .split('\n')
        .find((l) => l.startsWith(f))!,
    )![1],
  ) / 1024;
async function upload(url: string, file: string) {
  const body = new FormData();
  body.set(
    'operations',
    JSON.stringify({
      query:
        'mutation ($i: ImportDatasetInput!, $f: Upload!) { importDataset(input: $i, file: $f) { import { id } } }',
      variables: { i: { workspaceId: ws, name: 'x' }, f: null },
    }),
  );
  body.set('map', '{"0":["variables.f"]}');
  body.set('0', await openAsBlob(file), file);
  const r = await (
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' },
      body,
    })
  ).json();
  return r.data.importDataset.import.id as string;
}
const poll = async (url: string, id: string) => {
  for (;;) {
    const d = await gql(
      url,
      'query ($id: ID!) { import(id: $id) { status bytesRead bytesTotal rowsImported rowsRejected error { message } dataset { id rowCount columns { name type } } } }',
      { id },
    );
    if (!['QUEUED', 'RUNNING'].includes(d.import.status)) return d.import;
    await new Promise((r) => setTimeout(r, 50));
  }
};
const N = Number(process.env.ROWS ?? 720_000);
const csv = `${dir}/big.csv`,
  nd = `${dir}/big.ndjson`,
  js = `${dir}/big.json`;
const L: string[] = ['time,a,b,c,category,note'],
  J: string[] = [];
for (let i = 0; i < N; i++) {
  const t = new Date(1.6e12 + i * 60000).toISOString(),
    a = (Math.sin(i) * 100).toFixed(4),
    b = Math.random().toFixed(6),
    c = (i % 1000) / 8,
    cat = 'cat' + (i % 7),
    note = 'note number ' + i;
  L.push(`${t},${a},${b},${c},${cat},${note}`);
  J.push(`{"time":"${t}","a":${+a},"b":${+b},"c":${c},"category":"${cat}","note":"${note}"}`);
}
writeFileSync(csv, L.join('\n'));
writeFileSync(nd, J.join('\n'));
writeFileSync(js, `[${J.join(',\n')}]`);
for (const f of [csv, nd, js]) {
  const url = await start();
  console.log('started', url);
  const idle = rss();
  const t0 = performance.now();
  const id = await upload(url, f);
  console.log('uploaded', id);
  const t1 = performance.now();
  const r = await poll(url, id);
  const t2 = performance.now();
  console.log(
    f,
    readFileSync(f).length / 1e6,
    'MB upload',
    Math.round(t1 - t0),
    'ms import',
    Math.round(t2 - t1),
    'ms; RSS idle',
    Math.round(idle),
    'peak',
    Math.round(rss()),
    'MB',
    r.status,
    r.rowsImported,
    JSON.stringify(r.dataset.columns.map((c: any) => c.type)),
    r.error,
  );
  if (f === csv) {
    const t = performance.now();
    const s = await gql(
      url,
      'query ($id: ID!) { dataset(id: $id) { series(input: { x: "time", y: "a", maxPoints: 1000 }) { bucketSeconds points { x } } } }',
      { id: r.dataset.id },
    );
    console.log(
      'series',
      s.dataset.series.points.length,
      s.dataset.series.bucketSeconds,
      Math.round(performance.now() - t),
      'ms',
    );
    // kill -9
    const id2 = await upload(url, f);
    await new Promise((res) => setTimeout(res, 1200));
    console.log(
      'before kill',
      await gql(url, 'query ($id: ID!) { import(id: $id) { status bytesRead } }', { id: id2 }),
    );
    child!.kill('SIGKILL');
    await new Promise((res) => child!.once('exit', res));
    const k0 = performance.now();
    const url2 = await start();
    const k1 = performance.now();
    const r2 = await poll(url2, id2);
    console.log(
      'after kill -9: start',
      Math.round(k1 - k0),
      'then',
      Math.round(performance.now() - k1),
      'ms',
      r2.status,
      r2.rowsImported,
      r2.dataset.rowCount,
    );
  }
  const s0 = performance.now();
  child!.kill('SIGTERM');
  await new Promise((res) => child!.once('exit', res));
  console.log('stopped in', Math.round(performance.now() - s0));
}
await users[Symbol.asyncDispose]();
await pg[Symbol.asyncDispose]();
process.exit(0);
