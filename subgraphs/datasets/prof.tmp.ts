import 'reflect-metadata';
import { readFileSync } from 'node:fs';

import { copyLine } from './src/imports/copy-text.ts';
import { readTextFile } from './src/imports/formats/text-file.ts';
import { inspectFile } from './src/imports/inspect-file.ts';
import { planNewColumns } from './src/imports/plan-columns.ts';
import { createRowReader } from './src/imports/row-reader.ts';
const path = process.argv[2]!;
const signal = new AbortController().signal;
const t = performance.now();
const options = { csv: {}, types: {} };
const i = await inspectFile({ path, fileName: path, format: null, options, signal });
const columns = planNewColumns(i, options);
console.log('inspect', performance.now() - t, columns.map((c) => c.type).join());
const toRow = createRowReader(
  columns,
  i.columns.map((c) => c.name),
);
let n = 0,
  bytes = 0,
  tr = 0,
  tw = 0;
const t1 = performance.now();
let last = performance.now();
for await (const records of i.read(readTextFile({ path, signal }))) {
  const a = performance.now();
  tr += a - last;
  let text = '';
  for (const r of records) {
    const row = toRow(r);
    if (Array.isArray(row)) text += copyLine(++n, row);
  }
  bytes += Buffer.from(text).length;
  last = performance.now();
  tw += last - a;
}
console.log(
  n,
  bytes,
  'total',
  Math.round(performance.now() - t1),
  'read',
  Math.round(tr),
  'convert',
  Math.round(tw),
  /VmHWM.*/.exec(readFileSync('/proc/self/status', 'utf8'))![0],
);
