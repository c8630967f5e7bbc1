import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LINES = 20;

/** The last warnings and errors in each log of a data folder, as text for a failed test. Lines that are not JSON count too. */
export function readLogs(dataDir: string): string {
  const folder = join(dataDir, 'logs');
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
      const worth = lines.filter((line) => line && !/^\{"level":[123]0\b/.test(line));
      return worth.length > 0 ? `${file}:\n${worth.slice(-MAX_LINES).join('\n')}\n` : '';
    })
    .join('');
}
