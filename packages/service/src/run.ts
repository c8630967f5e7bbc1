import { createLog, type Logger } from './log.ts';
import { startTracing } from './telemetry/tracing.ts';

interface RunningServer extends AsyncDisposable {
  readonly url: string;
}

interface RunOptions {
  readonly service: string;
  readonly level: string;
  readonly start: (log: Logger) => Promise<RunningServer>;
}

/**
 * Runs a service until SIGINT, SIGTERM or the end of the launcher that started it; then stops it in order.
 * A failed start is logged and ends the process with exit code 1.
 */
export async function runService({ service, level, start }: RunOptions): Promise<void> {
  const log = createLog({ service, level });
  // Output of libraries goes to the log as well.
  Object.assign(console, {
    error: (...parts: readonly unknown[]) => log.error(printed(parts)),
    warn: (...parts: readonly unknown[]) => log.warn(printed(parts)),
  });
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'The service failed.');
    process.exit(1);
  });
  const stopRequested = new Promise<void>((resolve) => {
    // 'disconnect': the launcher was killed, and nothing else would stop this process.
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
      process.once(event, () => resolve());
  });
  try {
    const tracing = startTracing({ service, log });
    const server = await start(log);
    log.info({ url: server.url }, 'ready');
    await stopRequested;
    log.info('stopping');
    await server[Symbol.asyncDispose]();
    await tracing[Symbol.asyncDispose]();
    process.exit(0);
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'The service failed.');
    process.exit(1);
  }
}

function printed(parts: readonly unknown[]): { readonly err?: Error; readonly msg: string } {
  const err = parts.find((part) => part instanceof Error);
  const msg = parts.filter((part) => part !== err).map((part) => String(part));
  return { ...(err && { err }), msg: msg.join(' ') };
}
