import { readFile, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

interface WatchOptions {
  /** The present content. */
  readonly content: string;
  /** The file is not read again until this settles. */
  readonly onChange: (content: string) => Promise<void>;
  /** The file cannot be read, or `onChange` failed. */
  readonly onError: (error: unknown) => void;
  readonly everyMilliseconds?: number;
}

/**
 * Calls `onChange` with each new content of a file. It polls, because change events of the system get lost on network drives, in
 * containers, and when a link on the path changes, as with Kubernetes. A file that is being written is not read until it was the
 * same twice.
 */
export function watchFile(
  path: string,
  { content, onChange, onError, everyMilliseconds = 1_000 }: WatchOptions,
): AsyncDisposable {
  const stopped = new AbortController();
  const { signal } = stopped;
  const watch = async (): Promise<void> => {
    let known = content;
    let seen = '';
    let read = '';
    for (;;) {
      await setTimeout(everyMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      const before = seen;
      seen = await look(path);
      if (seen !== before || seen === read) continue;
      read = seen;
      try {
        const now = await readFile(path, 'utf8');
        if (now === known) continue;
        known = now;
        await onChange(now);
      } catch (error) {
        onError(error);
      }
    }
  };
  const ended = watch();
  return {
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await ended;
    },
  };
}

/** Differs when the file has changed. */
const look = (path: string): Promise<string> =>
  stat(path).then(
    ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(' '),
    ({ code }: NodeJS.ErrnoException) => `${code}`,
  );
