import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { observeUpload } from '../telemetry/observe-upload.ts';
import type { PlacedUpload } from './find-uploads.ts';
import type { ArrivingFile } from './upload.ts';

interface MultipartBody {
  readonly contentType: string;
  readonly stream: Readable;
}

/**
 * A GraphQL multipart request (https://github.com/jaydenseric/graphql-multipart-request-spec) whose files are read only as fast as
 * the receiver takes them, and in the order in which they arrive: none waits for another that comes after it. It ends
 * with an error when a file does not arrive whole. The parts of files that the receiver does not read are dropped.
 */
export function multipartBody(operation: object, uploads: readonly PlacedUpload[]): MultipartBody {
  const boundary = `affluent-${randomUUID()}`;
  const stream = Readable.from(parts(boundary, operation, uploads));
  stream.once('close', () => {
    for (const { upload } of uploads)
      void upload.file.then(
        ({ skip }) => skip(),
        () => {},
      );
  });
  return { contentType: `multipart/form-data; boundary=${boundary}`, stream };
}

async function* parts(boundary: string, operation: object, uploads: readonly PlacedUpload[]) {
  const field = (name: string, value: object) =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${JSON.stringify(value)}\r\n`,
    );
  yield field('operations', operation);
  yield field('map', Object.fromEntries(uploads.map(({ paths }, index) => [index, paths])));
  for await (const { index, file } of asTheyArrive(uploads)) {
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${index}"; filename="${quoted(file.name)}"\r\n` +
        `content-type: ${file.type}\r\n\r\n`,
    );
    yield* observeUpload(file.read());
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

interface IndexedFile {
  readonly index: number;
  readonly file: ArrivingFile;
}

async function* asTheyArrive(uploads: readonly PlacedUpload[]): AsyncGenerator<IndexedFile, void> {
  const awaited = new Map(
    uploads.map(({ upload }, index) => [index, upload.file.then((file) => ({ index, file }))]),
  );
  while (awaited.size > 0) {
    const next = await Promise.race(awaited.values());
    awaited.delete(next.index);
    yield next;
  }
}

/** Escapes a file name as browsers do (WHATWG HTML, "multipart form data"). */
const quoted = (name: string): string => name.replaceAll('"', '%22');
