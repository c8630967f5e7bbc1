import { MultipartError, shown } from './multipart-error.ts';
import { Upload } from './upload.ts';

/** A request's operation as it was sent: any object. */
export type MultipartOperation = Readonly<Record<string, unknown>>;

/** @throws {MultipartError} unless the field `operations` holds one operation. */
export function parseOperations(text: string): MultipartOperation {
  const operations = parseJson('operations', text);
  if (Array.isArray(operations))
    throw new MultipartError('"operations" is a list. Send one operation a request.');
  if (!isObject(operations)) throw new MultipartError('"operations" is not an object.');
  return operations;
}

/**
 * Puts an upload into an operation's variables at the path that the field `map` gives for a file. Each file has one path,
 * because it is not stored and can be read only once.
 * @returns the uploads by the names of their fields.
 * @throws {MultipartError} when `map` is malformed or does not fit the operation.
 */
export function placeUploads(
  operation: MultipartOperation,
  text: string,
  mostFiles: number,
): ReadonlyMap<string, Upload> {
  const map = parseJson('map', text);
  if (!isObject(map)) throw new MultipartError('"map" is not an object.');
  const entries = Object.entries(map);
  if (entries.length > mostFiles)
    throw new MultipartError(`"map" names more than ${mostFiles} files.`, 413);
  return new Map(
    entries.map(([field, paths]) => {
      if (!Array.isArray(paths) || paths.length === 0)
        throw new MultipartError(`"map" has no list of paths for the file ${shown(field)}.`);
      if (paths.length > 1)
        throw new MultipartError(
          `"map" puts the file ${shown(field)} in ${paths.length} places. Send it once for each of them.`,
        );
      const upload = new Upload();
      place(operation, upload, paths[0], field);
      return [field, upload];
    }),
  );
}

function place(operation: MultipartOperation, upload: Upload, path: unknown, field: string): void {
  if (typeof path !== 'string')
    throw new MultipartError(`"map" has a path for the file ${shown(field)} that is not a string.`);
  const refusal = (why: string): MultipartError =>
    new MultipartError(`The path ${shown(path)} in "map" ${why}.`);
  const keys = path.split('.');
  const last = keys.pop();
  if (last === undefined || keys[0] !== 'variables')
    throw refusal('does not begin with "variables."');
  let parent: unknown = operation;
  for (const key of keys) parent = ownValue(parent, key);
  const value = ownValue(parent, last);
  if (value === undefined) throw refusal('leads nowhere in "operations"');
  if (value instanceof Upload) throw refusal('is there twice');
  if (value !== null) throw refusal('leads to a value in "operations" that is not null');
  (parent as Record<string, unknown>)[last] = upload;
}

const ownValue = (parent: unknown, key: string): unknown =>
  typeof parent === 'object' && parent !== null && key !== '__proto__' && Object.hasOwn(parent, key)
    ? (parent as Record<string, unknown>)[key]
    : undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MultipartError(`"${field}" is not JSON.`, 400, { cause: error });
  }
}
