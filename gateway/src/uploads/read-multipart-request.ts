import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

import type { FileInfo } from 'busboy';

import { plainFileName } from './file-name.ts';
import { freeChunks } from './free-chunks.ts';
import { UPLOAD_LIMITS, type UploadLimits } from './limits.ts';
import { MultipartError, shown } from './multipart-error.ts';
import { createParser } from './multipart-parser.ts';
import { type MultipartOperation, parseOperations, placeUploads } from './place-uploads.ts';
import type { Upload } from './upload.ts';

/**
 * Reads a GraphQL multipart request (https://github.com/jaydenseric/graphql-multipart-request-spec) up to its files. These are
 * {@link Upload}s in the operation's variables and arrive while the operation runs; a mistake in the rest of the request fails
 * them. The part of the request that is not read by the end of the response is dropped.
 *
 * @throws {MultipartError} for a mistake before the files.
 */
export async function readMultipartRequest(
  request: IncomingMessage,
  response: ServerResponse,
  limits: UploadLimits = UPLOAD_LIMITS,
): Promise<MultipartOperation> {
  const parser = createParser(request, limits.fieldBytes);
  const placed = Promise.withResolvers<MultipartOperation>();
  /** Resolves when the whole request has been read without a mistake. */
  const whole = Promise.withResolvers<void>();
  whole.promise.catch(() => {});
  let operation: MultipartOperation | undefined;
  let uploads: ReadonlyMap<string, Upload> | undefined;
  /** Files that have begun to arrive and have not been read to their end. */
  const unread = new Set<Upload>();
  let nextFile = Promise.withResolvers<void>();

  const fail = (error: Error): void => {
    placed.reject(error);
    whole.reject(error);
    for (const upload of uploads?.values() ?? []) upload.fail(error);
    stopWatching();
    request.unpipe(parser);
    parser.destroy(error);
    request.resume();
  };

  const takeField = (name: string, text: string, isCutOff: boolean): void => {
    if (uploads || name !== (operation ? 'map' : 'operations')) {
      const expected = 'A request has the fields "operations" and "map", in this order, then files';
      throw new MultipartError(`${expected}. The field ${shown(name)} does not belong there.`);
    }
    if (isCutOff)
      throw new MultipartError(`"${name}" is larger than ${limits.fieldBytes} bytes.`, 413);
    if (!operation) {
      operation = parseOperations(text);
      return;
    }
    uploads = placeUploads(operation, text, limits.files);
    placed.resolve(operation);
  };

  const takeFile = (
    field: string,
    stream: Readable,
    { filename, mimeType, encoding }: FileInfo,
  ): void => {
    // Its reader gets the error from `whole`.
    stream.on('error', () => {});
    if (!uploads) throw new MultipartError('A file comes before "operations" and "map".');
    const upload = uploads.get(field);
    if (!upload) throw new MultipartError(`The file ${shown(field)} is not in "map".`);
    if (upload.hasArrived) throw new MultipartError(`The file ${shown(field)} is there twice.`);
    if (!['7bit', '8bit', 'binary'].includes(encoding))
      throw new MultipartError(`The file ${shown(field)} is encoded as ${shown(encoding)}.`);
    const name = plainFileName(filename, field);
    unread.add(upload);
    stream.once('end', () => unread.delete(upload));
    nextFile.resolve();
    nextFile = Promise.withResolvers();
    upload.arrive({
      name,
      type: mimeType,
      read: () => bytesOf(stream),
      skip: () => stream.resume(),
    });
  };

  async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array, void> {
    try {
      yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    } catch {
      // `whole` rejects with the reason.
      await whole.promise;
    }
    // A file is complete once the next file or the end of the request has arrived.
    if (unread.size === 0) await Promise.race([nextFile.promise, whole.promise]);
  }

  const finish = (): void => {
    const missing = [...(uploads ?? [])].find(([, { hasArrived }]) => !hasArrived);
    if (!uploads)
      throw new MultipartError(`The field "${operation ? 'map' : 'operations'}" is missing.`);
    if (missing) throw new MultipartError(`The file ${shown(missing[0])} of "map" is missing.`);
    stopWatching();
    whole.resolve();
  };

  /** An error that is thrown in an event of the parser would end the process. */
  const attempt = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
  parser
    .on('field', (name, text, { valueTruncated }) => {
      if (!parser.destroyed) attempt(() => takeField(name ?? '', text, valueTruncated));
    })
    .on('file', (field, stream, info) => {
      if (!parser.destroyed) attempt(() => takeFile(field ?? '', stream, info));
    })
    .on('finish', () => attempt(finish))
    .on('error', (error: unknown) => {
      if (error instanceof MultipartError) return fail(error);
      const why = error instanceof Error ? error.message : String(error);
      fail(new MultipartError(`The multipart form is malformed: ${why}.`));
    });
  response.once('close', () => fail(new MultipartError('The request is over.')));
  const stopWatching = watch(request, limits, () => {
    const seconds = limits.stallMilliseconds / 1000;
    const why = parser.writableNeedDrain
      ? 'no field read the file that was sent: send files in the order of the fields that read them'
      : `less than ${limits.stallBytes} bytes were sent`;
    fail(new MultipartError(`For ${seconds} seconds ${why}.`, 408));
  });
  request.on('data', freeChunks).pipe(parser);
  return placed.promise;
}

/** Calls `onStall` once when too little has arrived for too long. */
function watch(
  request: IncomingMessage,
  { stallMilliseconds, stallBytes }: UploadLimits,
  onStall: () => void,
): () => void {
  const timer = setTimeout(onStall, stallMilliseconds);
  let received = 0;
  const count = ({ length }: Uint8Array): void => {
    received += length;
    if (received < stallBytes) return;
    received = 0;
    timer.refresh();
  };
  request.on('data', count);
  return () => {
    clearTimeout(timer);
    request.off('data', count);
  };
}
