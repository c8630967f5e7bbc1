import { signUp } from '@affluent/client/testing';
import { startSandbox } from '@affluent/sandbox';

import { memoryFigures } from './memory.ts';
import { type Figures, rounded } from './report.ts';

const BYTES = 50 * 1024 ** 2;

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id } }
}`;
const PROGRESS = `subscription ($id: ID!) {
  importProgressed(importId: $id) { status rowsImported rowsRejected error { message } }
}`;

interface Progress {
  readonly importProgressed: {
    readonly status: string;
    readonly rowsImported: number;
    readonly rowsRejected: number;
    readonly error: { readonly message: string } | null;
  };
}

/** A 50 MB CSV file through the gateway: seconds to take it and to import it, and the peak memory of every process. */
export async function importArea(): Promise<Figures> {
  await using sandbox = await startSandbox();
  const account = {
    email: 'bench@affluent.example',
    password: crypto.randomUUID(),
    displayName: 'Bench',
  };
  await using client = await signUp({ origin: sandbox.origin, ...account });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const workspaceId = viewer.memberships[0]?.workspace.id;

  const begin = performance.now();
  const { importDataset } = await client.upload<{ importDataset: { import: { id: string } } }>(
    IMPORT,
    { input: { workspaceId, name: 'Bench' } },
    { name: 'bench.csv', bytes: measurements(BYTES) },
  );
  const taken = performance.now();
  let rows = 0;
  for await (const { importProgressed } of client.subscribe<Progress>(PROGRESS, {
    id: importDataset.import.id,
  })) {
    if (importProgressed.error) throw new Error(importProgressed.error.message);
    rows = importProgressed.rowsImported;
  }
  const imported = performance.now();
  return {
    upload_s: rounded((taken - begin) / 1000),
    import_s: rounded((imported - taken) / 1000),
    rows,
    rows_per_s: rounded(rows / ((imported - taken) / 1000), 0),
    ...memoryFigures(sandbox, 'peakRss'),
  };
}

/** A CSV file of about this size: a timestamp, three floats, a category and a text. */
function measurements(bytes: number): Uint8Array {
  const lines = ['time,temperature,humidity,pressure,station,remark'];
  const begin = Date.UTC(2020, 0, 1);
  for (let row = 0, length = 0; length < bytes; row++) {
    const wave = Math.sin(row / 5000);
    const time = new Date(begin + row * 1000).toISOString();
    const line = `${time},${(15 + 10 * wave).toFixed(3)},${(60 - 20 * wave).toFixed(2)},${(1013 + wave).toFixed(1)},station-${row % 20},"reading ${row}, checked"`;
    length += line.length + 1;
    lines.push(line);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
