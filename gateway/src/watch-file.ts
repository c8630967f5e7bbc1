import { readFile, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

interface WatchOptions {
  /** What is known of its content: this is no change. */
  readonly content: string;
  /** Nothing else is told until it settles. */
  readonly onChange: (content: string) => Promise<void>;
  /** It cannot be read, or `onChange` failed. */
  readonly onError: (error: unknown) => void;
  readonly everyMilliseconds?: number;
}

/**
 * Tells of each new content of a file. It looks at what the path leads to again and again, because what the system tells of
 * changes gets lost on network drives and in containers, and when a link on the way is what changes, as Kubernetes does it.
 * A file that is being written is left alone until it looked the same twice.
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

/** Is another when the file is. */
const look = (path: string): Promise<string> =>
  stat(path).then(
    ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(' '),
    ({ code }: NodeJS.ErrnoException) => `${code}`,
  );
