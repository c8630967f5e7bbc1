import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { DomainError, isUuid } from '@affluent/subgraph';

import { BlobNotFoundError, type BlobStore } from './blob-store.ts';

const ABANDONED_MILLISECONDS = 3_600_000;

/**
 * Keeps each blob in a file of one folder.
 * @throws {Error} if the folder cannot be created.
 */
export async function openDiskBlobStore({
  folder,
  maxBytes,
}: {
  readonly folder: string;
  readonly maxBytes: number;
}): Promise<BlobStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (name: string): string => join(folder, name);
  const remove = (name: string): Promise<void> => rm(pathOf(name), { force: true });

  const copy = async (name: string, source: Readable): Promise<number> => {
    await using file = await open(pathOf(name), 'wx', 0o600);
    let bytes = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        const message = `The file is larger than the limit of ${maxBytes} bytes.`;
        throw new DomainError('PAYLOAD_TOO_LARGE', message);
      }
      await file.writev([chunk]);
    }
    await file.sync();
    return bytes;
  };

  return {
    remove,
    async write(name, source) {
      try {
        const bytes = await copy(name, source);
        await syncFolder(folder);
        return bytes;
      } catch (error) {
        await remove(name);
        if (error !== source.errored) throw error;
        const message = 'The upload ended before the file was complete.';
        throw new DomainError('BAD_USER_INPUT', message, { reason: 'UPLOAD_BROKEN', cause: error });
      }
    },
    async open(name) {
      const file = await open(pathOf(name), 'r').catch((error: unknown): FileHandle => {
        const isLost = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (!isLost) throw error;
        throw new BlobNotFoundError(`Blob ${name} does not exist.`, { cause: error });
      });
      return {
        read: async (buffer) => (await file.read(buffer, 0, buffer.length)).bytesRead,
        [Symbol.asyncDispose]: () => file.close(),
      };
    },
    async sweep(isWanted) {
      for (const name of await readdir(folder)) {
        if (!isUuid(name)) continue;
        const { mtimeMs } = await stat(pathOf(name));
        const isOld = Date.now() - mtimeMs > ABANDONED_MILLISECONDS;
        if (isOld && !(await isWanted(name))) await remove(name);
      }
    },
  };
}

/** Makes the new file's directory entry durable. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, 'r');
  await handle.sync();
}
