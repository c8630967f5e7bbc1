import { spawn } from 'node:child_process';

import { ROOT } from './config.ts';

/**
 * Builds what is not built. Turborepo knows by content what that is: when nothing changed this takes a moment.
 * @throws {Error} when the build fails; what it printed says why.
 */
export async function build(signal: AbortSignal): Promise<void> {
  const child = spawn(
    `${ROOT}node_modules/.bin/turbo`,
    ['run', 'build', '--output-logs=errors-only'],
    {
      cwd: ROOT,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
    },
  );
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  throw new Error(`The build failed; "npm run build" shows it all.${output ? `\n${output}` : ''}
In a folder that is read-only and built already, set SKIP_BUILD=1.`);
}
