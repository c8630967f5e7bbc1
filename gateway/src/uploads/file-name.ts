import { MultipartError, shown } from './multipart-error.ts';

/** The limit of most file systems. */
const MAX_BYTES = 255;
const CONTROLS = /\p{Cc}/u;
/** Characters that reverse the order of the text after them: `fdp.exe` is shown as `exe.pdf`. */
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/;

/**
 * A file's name, safe to show and to store.
 * @throws {MultipartError} when it is not a plain name.
 */
export function plainFileName(name: string | undefined, field: string): string {
  const refusal = (why: string): MultipartError =>
    new MultipartError(`The name of the file ${shown(field)} ${why}.`);
  if (name === undefined) throw new MultipartError(`The file ${shown(field)} has no name.`);
  if (Buffer.byteLength(name) > MAX_BYTES) throw refusal(`is longer than ${MAX_BYTES} bytes`);
  if (name.includes('\uFFFD') || !name.isWellFormed()) throw refusal('is not UTF-8');
  if (CONTROLS.test(name)) throw refusal('has control characters');
  if (DIRECTION_OVERRIDES.test(name)) throw refusal('has characters that change its direction');
  if (/[/\\]/.test(name) || name === '.' || name === '..') throw refusal('is a path');
  return name;
}
