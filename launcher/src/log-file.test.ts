import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openLogFile } from './log-file.ts';

const LINE = 'x'.repeat(99_999);

test('logs survive restarts, are bounded in number and size, and belong to their owner', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'affluent-logs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (let start = 0; start < 7; start++) {
    await using log = openLogFile(folder, 'users');
    log.write(`start ${start}`);
    for (let line = 0; line < 100; line++) log.write(LINE);
  }
  const files = readdirSync(folder).toSorted();
  expect(files).toEqual(['users.1.log', 'users.2.log', 'users.3.log', 'users.4.log', 'users.log']);
  const stats = files.map((file) => statSync(join(folder, file)));
  for (const { size, mode } of stats) {
    expect(size).toBeLessThan(11_000_000);
    expect(mode & 0o777).toBe(0o600);
  }
  const kept = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  for (const start of [3, 4, 5, 6]) expect(kept).toContain(`start ${start}\n`);
});
