import { randomUUID } from 'node:crypto';

import { Upload } from 'graphql-upload-minimal';

import { observeUpload } from '../telemetry/observe-upload.ts';
import type { PlacedUpload } from './uploads.ts';

interface MultipartBody {
  readonly contentType: string;
  readonly stream: AsyncIterable<Uint8Array>;
}

/**
 * A GraphQL multipart request (https://github.com/jaydenseric/graphql-multipart-request-spec) whose files are read only
 * as fast as the receiver takes them. It ends with an error when the client that sends a file goes away.
 */
export function multipartBody(operation: object, uploads: readonly PlacedUpload[]): MultipartBody {
  const boundary = `affluent-${randomUUID()}`;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    stream: parts(boundary, operation, uploads),
  };
}

async function* parts(boundary: string, operation: object, uploads: readonly PlacedUpload[]) {
  const field = (name: string, value: object) =>
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${JSON.stringify(value, withoutUploads)}\r\n`,
    );
  yield field('operations', operation);
  yield field('map', Object.fromEntries(uploads.map(({ path }, index) => [index, [path]])));
  for (const [index, { upload }] of uploads.entries()) {
    const file = await upload.promise;
    yield Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${index}"; filename="${quoted(file.filename)}"\r\n` +
        `content-type: ${file.mimetype.replaceAll(/[^\w!#$&^.+/-]/g, '')}\r\n\r\n`,
    );
    yield* observeUpload(file.createReadStream());
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

const withoutUploads = (_key: string, value: unknown): unknown =>
  value instanceof Upload ? null : value;

/** As browsers write file names into a form (WHATWG HTML, "multipart form data"). */
const quoted = (name: string): string =>
  name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
