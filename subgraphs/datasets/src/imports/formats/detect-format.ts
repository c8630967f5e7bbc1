import { extname } from 'node:path';

import type { ImportFormat } from '../import-options.ts';

const BY_EXTENSION: Readonly<Record<string, ImportFormat>> = {
  '.csv': 'CSV',
  '.tsv': 'TSV',
  '.tab': 'TSV',
  '.json': 'JSON',
  '.ndjson': 'NDJSON',
  '.jsonl': 'NDJSON',
};

/** Detects a file's format from its name and the start of its text. */
export function detectFormat(fileName: string, start: string): ImportFormat {
  const named = BY_EXTENSION[extname(fileName).toLowerCase()];
  if (named === 'CSV' || named === 'TSV' || named === 'NDJSON') return named;
  const text = start.trimStart();
  if (isObject(text.split('\n', 1)[0] ?? '')) return 'NDJSON';
  if (named) return named;
  return /^(?:\[\s*[{\]]|\{)/.test(text) ? 'JSON' : 'CSV';
}

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
