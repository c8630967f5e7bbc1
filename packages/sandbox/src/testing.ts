import { afterEach, inject } from 'vitest';

import { readLogs } from './logs.ts';
import { type Sandbox, type SandboxOptions, startSandbox as start } from './sandbox.ts';
import { TEST_SETTINGS } from './test-settings.ts';

/** A sandbox that all test files of a run use together, with default settings. */
export type SharedSandbox = Pick<
  Sandbox,
  'origin' | 'usersUrl' | 'datasetsUrl' | 'insightsUrl' | 'dataDir' | 'pid'
>;

declare module 'vitest' {
  export interface ProvidedContext {
    readonly sandboxTemplate: string;
    readonly sharedSandbox: SharedSandbox;
  }
}

/** Data folders of the sandboxes that the test file uses. */
const used = new Set<string>();

/**
 * The product that was started for the whole run. A test uses its own accounts, workspaces and datasets in it, changes
 * nothing that concerns others, and stops nothing: tests that must, or that need settings, start a sandbox.
 */
export function sharedSandbox(): SharedSandbox {
  const shared = inject('sharedSandbox');
  used.add(shared.dataDir);
  return shared;
}

/**
 * Starts a sandbox for one test file, without a build. Without `dataDir` it begins with a prepared PostgreSQL cluster; an
 * empty `dataDir` is a new installation.
 */
export async function startSandbox({ env, ...options }: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await start({
    ...(!options.dataDir && { template: inject('sandboxTemplate') }),
    env: { ...TEST_SETTINGS, ...env },
    ...options,
  });
  used.add(sandbox.dataDir);
  return sandbox;
}

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const dataDir of used) process.stderr.write(readLogs(dataDir));
});
