import { open, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { DomainError, isUuid } from '@affluent/subgraph';

/** Where uploads wait for their import: one file each, named by the import's id. */
export interface Spool {
  readonly pathOf: (importId: string) => string;
  /**
   * Writes a stream to disk as it arrives, no faster than the disk takes it.
   * @returns the number of bytes, which are safe on the disk by then.
   * @throws {DomainError} PAYLOAD_TOO_LARGE, or BAD_USER_INPUT when the stream breaks off; as with any other failure, no file is left.
   */
  readonly write: (importId: string, source: Readable) => Promise<number>;
  readonly remove: (importId: string) => Promise<void>;
  /** Removes what uploads cut off by a crash left behind: files that nobody wrote to for an hour and no import wants. */
  readonly sweep: (isWanted: (importId: string) => Promise<boolean>) => Promise<void>;
}

const LEFT_BEHIND_MILLISECONDS = 3_600_000;

/** @throws {Error} when the folder cannot be made. */
export async function openSpool({
  folder,
  maxBytes,
}: {
  readonly folder: string;
  readonly maxBytes: number;
}): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (importId: string): string => join(folder, importId);
  const remove = (importId: string): Promise<void> => rm(pathOf(importId), { force: true });

  const copy = async (importId: string, source: Readable): Promise<number> => {
    await using file = await open(pathOf(importId), 'wx', 0o600);
    let bytes = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const message = `The file is larger than ${maxBytes} bytes, which is the most that is taken.`;
        throw new DomainError('PAYLOAD_TOO_LARGE', message);
      }
      await file.writev([chunk]);
    }
    await file.sync();
    return bytes;
  };

  return {
    pathOf,
    remove,
    async write(importId, source) {
      try {
        const bytes = await copy(importId, source);
        await syncFolder(folder);
        return bytes;
      } catch (error) {
        await remove(importId);
        if (error !== source.errored) throw error;
        const message = 'The upload broke off before its end.';
        throw new DomainError('BAD_USER_INPUT', message, { reason: 'UPLOAD_BROKEN', cause: error });
      }
    },
    async sweep(isWanted) {
      for (const name of await readdir(folder)) {
        if (!isUuid(name)) continue;
        const { mtimeMs } = await stat(pathOf(name));
        const isOld = Date.now() - mtimeMs > LEFT_BEHIND_MILLISECONDS;
        if (isOld && !(await isWanted(name))) await remove(name);
      }
    },
  };
}

/** A new file's name is on the disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
