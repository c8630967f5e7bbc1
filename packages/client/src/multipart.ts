import { randomUUID } from 'node:crypto';

/** A file to upload: whole, or as a stream that is read as fast as the server accepts it. */
export type UploadFile = { readonly name: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly stream: AsyncIterable<Uint8Array> }
);

/** A GraphQL multipart request for one operation whose variable `file` is an upload. */
export function multipartRequest(operation: object, file: UploadFile) {
  const boundary = `affluent-${randomUUID()}`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: parts(boundary, operation, file),
  };
}

async function* parts(boundary: string, operation: object, file: UploadFile) {
  const head = (disposition: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  yield Buffer.from(
    `${head('name="operations"')}\r\n${JSON.stringify(operation)}\r\n` +
      `${head('name="map"')}\r\n${JSON.stringify({ file: ['variables.file'] })}\r\n` +
      `${head(`name="file"; filename="${quoted(file.name)}"`)}content-type: application/octet-stream\r\n\r\n`,
  );
  if ('bytes' in file) yield file.bytes;
  else yield* file.stream;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

/** Escapes a file name as browsers do in forms (WHATWG HTML, "multipart form data"). */
const quoted = (name: string): string => name.replaceAll(/["\r\n]/g, encodeURIComponent);
