import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { TestProject } from 'vitest/node';

import { startSandbox } from './sandbox.ts';
import { makeTemplate } from './template.ts';
import { TEST_SETTINGS } from './test-settings.ts';
import type {} from './testing.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the product, makes the data folder that sandboxes begin with, and starts the sandbox that test files share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync('npx', ['turbo', 'run', 'build', '--output-logs=errors-only'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const template = await makeTemplate();
  const shared = await startSandbox({ template, env: TEST_SETTINGS });
  const { origin, usersUrl, datasetsUrl, insightsUrl, dataDir, pid } = shared;
  project.provide('sandboxTemplate', template);
  project.provide('sharedSandbox', { origin, usersUrl, datasetsUrl, insightsUrl, dataDir, pid });
  return async () => {
    await shared[Symbol.asyncDispose]();
    rmSync(template, { recursive: true, force: true });
  };
}
