import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** The log of one service. Disposing of it waits until everything is written. */
export interface LogFile extends AsyncDisposable {
  readonly path: string;
  readonly write: (line: string) => void;
}

const MAX_SIZE = '10M';
const MAX_OLD_FILES = 4;

/**
 * Opens `<folder>/<name>.log` and appends to it, also after a restart. A file of 10 MB becomes `<name>.1.log`, that one
 * `<name>.2.log`, and so on up to 4. Only the owner may read them.
 *
 * A line that cannot be written, for example because the disk is full, is lost; the next one opens the file again.
 */
export function openLogFile(folder: string, name: string): LogFile {
  const nameOf = (index: number | Date | null): string =>
    index === null ? `${name}.log` : `${name}.${Number(index)}.log`;
  let stream: RotatingFileStream | undefined;
  const open = (): RotatingFileStream => {
    const opened = createStream(nameOf, {
      path: folder,
      size: MAX_SIZE,
      rotate: MAX_OLD_FILES,
      mode: 0o600,
    });
    opened.on('error', ({ message }) => {
      if (stream === opened) stream = undefined;
      console.error(`${name}: the log could not be written: ${message}`);
    });
    return opened;
  };
  return {
    path: `${folder}/${name}.log`,
    write(line) {
      stream ??= open();
      stream.write(`${line}\n`);
    },
    async [Symbol.asyncDispose]() {
      const last = stream;
      if (!last) return;
      // A service's last lines may come after its end: they open the file again.
      stream = undefined;
      await new Promise<void>((resolve) => {
        last.once('close', resolve).end();
      });
    },
  };
}
