import { isUtf8 } from 'node:buffer';

import type { BlobReader } from '../../blobs/blob-store.ts';
import { ImportFailure } from '../import-failure.ts';
import { assertText } from './binary.ts';

const CHUNK_BYTES = 64 * 1024;
const LINE_FEED = 10;

interface TextFileOptions {
  readonly open: () => Promise<BlobReader>;
  readonly signal: AbortSignal;
  /** Called with the size of each piece when the next one is requested. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Reads a blob piece by piece as UTF-8, with or without a byte order mark. No byte is replaced or dropped.
 * @throws {ImportFailure} BINARY_FILE or NOT_UTF8.
 */
export async function* readTextFile({
  open,
  signal,
  onBytes,
}: TextFileOptions): AsyncGenerator<string, void> {
  await using blob = await open();
  // One buffer for the whole blob: Node.js frees memory outside the heap late.
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let carried = 0;
  let line = 1;
  let isFirst = true;
  for (;;) {
    signal.throwIfAborted();
    const bytesRead = await blob.read(buffer.subarray(carried));
    if (bytesRead === 0) break;
    const bytes = buffer.subarray(0, carried + bytesRead);
    if (isFirst) assertText(bytes);
    const end = endOfWholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    assertUtf8(whole, line);
    line += countLines(whole);
    const text = whole.toString('utf8');
    bytes.copyWithin(0, end);
    carried = bytes.length - end;
    yield isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text;
    isFirst = false;
    onBytes?.(bytesRead);
  }
  assertUtf8(buffer.subarray(0, carried), line);
}

/** The length without a last character that is incomplete. */
function endOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function assertUtf8(bytes: Buffer, firstLine: number): void {
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const line = firstLine + countLines(bytes.subarray(0, nul));
    throw new ImportFailure(
      'BINARY_FILE',
      `Line ${line} has a NUL byte: this looks like a binary file, not CSV or JSON.`,
      line,
    );
  }
  if (isUtf8(bytes)) return;
  const line = firstLine + countLines(bytes.subarray(0, firstInvalid(bytes)));
  throw new ImportFailure(
    'NOT_UTF8',
    `Line ${line} is not UTF-8. Save the file in the encoding UTF-8 and import it again.`,
    line,
  );
}

/** The length of the valid lines before the first invalid one. */
function firstInvalid(bytes: Buffer): number {
  for (let start = 0; ;) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    if (feed < 0 || !isUtf8(bytes.subarray(start, end))) return start;
    start = end + 1;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    lines += 1;
  return lines;
}
