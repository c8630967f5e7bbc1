import type { Readable } from 'node:stream';

/** Stores uploads until they are imported, each under the id of its import. */
export interface BlobStore {
  /**
   * Stores a stream as it arrives, at the pace of the store.
   * @returns the number of bytes, which are durable by then.
   * @throws {DomainError} PAYLOAD_TOO_LARGE, or BAD_USER_INPUT if the stream breaks off. After any failure nothing is kept.
   */
  readonly write: (name: string, source: Readable) => Promise<number>;
  /** @throws {BlobNotFoundError} */
  readonly open: (name: string) => Promise<BlobReader>;
  /** Does nothing if there is no such blob. */
  readonly remove: (name: string) => Promise<void>;
  /** Removes what a crash left behind: blobs without a write for an hour that are not wanted. */
  readonly sweep: (isWanted: (name: string) => Promise<boolean>) => Promise<void>;
}

export interface BlobReader extends AsyncDisposable {
  /**
   * Reads the next bytes into a buffer, which callers may reuse.
   * @returns their number; 0 at the end.
   */
  readonly read: (buffer: Buffer) => Promise<number>;
}

export class BlobNotFoundError extends Error {
  override readonly name = 'BlobNotFoundError';
}
