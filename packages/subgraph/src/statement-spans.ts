import { recordSpan } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';

type Logger = ReturnType<MikroORM['config']['getLogger']>;

/** Of a statement's text. */
const MAX_CHARACTERS = 2_000;

/** Records a statement as a span of its request: the text with placeholders, never the values. */
function recordStatement(text: string, milliseconds: number, hasFailed: boolean): void {
  const [verb = ''] = /\w+/.exec(text) ?? [];
  const name = verb.toUpperCase();
  recordSpan(name, {
    kind: 'CLIENT',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': name,
      'db.query.text': text.slice(0, MAX_CHARACTERS),
    },
    milliseconds,
    hasFailed,
  });
}

/** Runs a statement outside MikroORM's own methods and records it. */
export async function observeStatement<T>(text: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  let hasFailed = true;
  try {
    const result = await run();
    hasFailed = false;
    return result;
  } finally {
    recordStatement(text, performance.now() - start, hasFailed);
  }
}

/** Records MikroORM's statements. It logs nothing: failures are thrown. */
export const createStatementLogger = (): Logger => ({
  logQuery({ query, took, level }) {
    if (query !== undefined && took !== undefined) recordStatement(query, took, level === 'error');
  },
  isEnabled: () => false,
  log() {},
  warn() {},
  error() {},
  setDebugMode() {},
});
