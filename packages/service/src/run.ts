import { createLog, type Logger } from './log.ts';

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
  try {
    const server = await start(log);
    log.info({ url: server.url }, 'ready');
    let stopping = false;
    const stop = async (): Promise<void> => {
      if (stopping) return;
      stopping = true;
      log.info('stopping');
      await server[Symbol.asyncDispose]();
      process.exit(0);
    };
    // 'disconnect': the launcher at the other end of the channel was killed; nobody else would stop us.
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
      process.once(event, () => void stop());
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'The start failed.');
    process.exit(1);
  }
}
