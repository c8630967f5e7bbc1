import { parseArgs } from 'node:util';

import { acceptChanges, releaseSchema, schemaProblems } from './released-schema.ts';

/**
 * `npm run schema:check` fails when the graph breaks who relies on it, and names the operations. With `--accept "<why>"` the
 * breaking changes of now are written down and accepted; `npm run schema:release` makes the graph of now the released one.
 */
const ROOT = new URL('../../../', import.meta.url);
const { values } = parseArgs({
  options: { release: { type: 'boolean', default: false }, accept: { type: 'string' } },
});
if (values.release) await releaseSchema(ROOT);
if (values.accept) await acceptChanges(ROOT, values.accept);
const problems = await schemaProblems(ROOT);
if (problems.length > 0) {
  console.error(
    `The graph breaks those who rely on it:\n  ${problems.join('\n  ')}\n` +
      'Keep the old beside the new while it is used (@deprecated). Where it must break: npm run schema:check -- --accept "<why>"',
  );
  process.exit(1);
}
