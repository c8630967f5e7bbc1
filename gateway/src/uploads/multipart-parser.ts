import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';

import busboy from 'busboy';

import { MultipartError } from './multipart-error.ts';

/** RFC 2046, 5.1.1. */
const MAX_BOUNDARY_LENGTH = 70;
/** A page of another site cannot set these without a CORS preflight. The names are Apollo's. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Creates the parser of a multipart form from the request's headers.
 * @param fieldBytes - size of the longest field that is not a file.
 * @throws {MultipartError} when the form may come from another site, is compressed, or has no boundary.
 */
export function createParser({ headers }: IncomingMessage, fieldBytes: number): busboy.Busboy {
  if (!PREFLIGHT_HEADERS.some((name) => headers[name])) {
    const message = 'Send the header "apollo-require-preflight: true" with a multipart request.';
    throw new MultipartError(message);
  }
  if (headers['content-encoding'] && headers['content-encoding'].toLowerCase() !== 'identity')
    throw new MultipartError('A multipart request cannot be compressed.', 415);
  try {
    const { params } = new MIMEType(headers['content-type'] ?? '');
    const boundary = params.get('boundary') ?? '';
    if (boundary.length === 0 || boundary.length > MAX_BOUNDARY_LENGTH)
      throw new MultipartError(`The boundary must have 1 to ${MAX_BOUNDARY_LENGTH} characters.`);
    // One more than allowed, because busboy reports a field of exactly this size as truncated.
    const limits = { fieldSize: fieldBytes + 1 };
    return busboy({ headers, defParamCharset: 'utf8', preservePath: true, limits });
  } catch (error) {
    if (error instanceof MultipartError) throw error;
    throw new MultipartError('The header "content-type" is malformed.', 400, { cause: error });
  }
}
