import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs, promisify } from 'node:util';

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

import { boundaryProblems } from './boundary-fields.ts';

/**
 * `npm run compose` writes each subgraph's `schema.graphql` from its code, and `supergraph.graphql` from them;
 * with `--check` it writes nothing and fails when a committed file is out of date.
 */
const SUBGRAPHS = ['users', 'datasets', 'insights'];
const ROOT = new URL('../../../', import.meta.url);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const stale: string[] = [];

async function writeOrCompare(path: string, content: string): Promise<void> {
  const file = new URL(path, ROOT);
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === content) return;
  if (values.check) stale.push(path);
  else await writeFile(file, content);
}

const run = promisify(execFile);
const schemas = await Promise.all(
  SUBGRAPHS.map(async (name) => {
    const args = ['--conditions=source', '--import', 'tsx', 'src/print-schema.ts'];
    const { stdout } = await run(process.execPath, args, {
      cwd: new URL(`subgraphs/${name}`, ROOT),
    });
    return { name, sdl: stdout };
  }),
);
const subgraphs = schemas.map(({ name, sdl }) => ({ name, document: parse(sdl) }));
const { errors, supergraphSdl } = composeServices(
  // A placeholder: the gateway's settings say where a subgraph listens.
  subgraphs.map(({ name, document }) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: document,
  })),
);
if (errors) {
  console.error(
    `The subgraphs do not compose:\n  ${errors.map(({ message }) => message).join('\n  ')}`,
  );
  process.exit(1);
}
const problems = boundaryProblems(subgraphs);
if (problems.length > 0) {
  console.error(
    `These fields must be nullable, so that a subgraph that is down costs only its own fields:\n  ${problems.join('\n  ')}`,
  );
  process.exit(1);
}
await Promise.all([
  ...schemas.map(({ name, sdl }) => writeOrCompare(`subgraphs/${name}/schema.graphql`, sdl)),
  writeOrCompare('supergraph.graphql', supergraphSdl),
]);
if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run "npm run compose" and commit the result.`);
  process.exit(1);
}
