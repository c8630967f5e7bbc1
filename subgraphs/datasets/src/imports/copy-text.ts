import type { Row } from './row-reader.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** One line of PostgreSQL's COPY text format. */
export function copyLine(id: number, row: Row): string {
  let line = String(id);
  for (const value of row) line += value === null ? '\t\\N' : `\t${escape(value)}`;
  return `${line}\n`;
}

const escape = (value: string): string =>
  /[\\\t\n\r]/.test(value)
    ? value.replaceAll(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char)
    : value;
