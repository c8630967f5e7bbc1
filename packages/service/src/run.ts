import { createLog, type Logger } from './log.ts';

interface RunningServer extends AsyncDisposable {
  /** Where it listens, for people and for the launcher. */
  readonly url: string;
}

interface RunOptions {
  readonly service: string;
  readonly level: string;
  readonly start: (log: Logger) => Promise<RunningServer>;
}

/**
 * Runs a service until SIGINT, SIGTERM or, when a launcher started it, the launcher's end; then stops it in order.
 * A failed start is logged and ends the process with exit code 1.
 */
export async function runService({ service, level, start }: RunOptions): Promise<void> {
  const log = createLog({ service, level });
  try {
    const server = await start(log);
    log.info({ url: server.url }, 'ready');
    process.send?.({ ready: server.url });
    let stopping = false;
    const stop = async (): Promise<void> => {
      if (stopping) return;
      stopping = true;
      log.info('stopping');
      await server[Symbol.asyncDispose]();
      process.exit(0);
    };
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(event, () => void stop());
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'The start failed.');
    process.send?.({ failed: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    process.disconnect?.();
  }
}
