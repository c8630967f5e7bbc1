import { parseArgs } from 'node:util';

import { acceptChanges, releaseSchema, schemaProblems } from './released-schema.ts';

/**
 * `npm run schema:check` fails when the graph breaks known operations or the running gateway. `--accept "<why>"` accepts the
 * present breaking changes; `npm run schema:release` records the present graph as released.
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
    `The graph has breaking changes:\n  ${problems.join('\n  ')}\n` +
      'Keep the old field beside the new one and deprecate it. If the change is intended: npm run schema:check -- --accept "<why>"',
  );
  process.exit(1);
}
