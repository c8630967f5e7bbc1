import { recordSpan } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';

type Logger = ReturnType<MikroORM['config']['getLogger']>;

/** Of a statement's text. */
const MAX_CHARACTERS = 2_000;

/** Notes a statement as a span of the request that it ran for: its text with places for values, never the values. */
function noteStatement(text: string, milliseconds: number, hasFailed: boolean): void {
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

/** Runs a statement that MikroORM does not see. */
export async function observeStatement<T>(text: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  let hasFailed = true;
  try {
    const result = await run();
    hasFailed = false;
    return result;
  } finally {
    noteStatement(text, performance.now() - start, hasFailed);
  }
}

/** Hears of MikroORM's statements, and has nothing logged: what goes wrong is thrown. */
export const createStatementLogger = (): Logger => ({
  logQuery({ query, took, level }) {
    if (query !== undefined && took !== undefined) noteStatement(query, took, level === 'error');
  },
  isEnabled: () => false,
  log() {},
  warn() {},
  error() {},
  setDebugMode() {},
});
