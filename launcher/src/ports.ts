import { createServer } from 'node:net';

/** @throws {Error} naming the setting, when something else listens on the port already. */
export async function assertPortFree(host: string, port: number, setting: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe
      .once('error', (cause: NodeJS.ErrnoException) => {
        const why =
          cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${cause.code})`;
        reject(
          new Error(`Port ${port} on ${host} ${why}. Set ${setting} to a free port.`, { cause }),
        );
      })
      .listen(port, host, () => probe.close(() => resolve()));
  });
}
