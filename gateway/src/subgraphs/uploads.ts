import { Upload } from 'graphql-upload-minimal';

/** An upload that stands in an operation's variables, and where. */
export interface PlacedUpload {
  /** As in the multipart request's `map`: `variables.file`, `variables.input.files.0`. */
  readonly path: string;
  readonly upload: Upload;
}

/** Finds the uploads in an operation's variables, in their order. */
export function findUploads(value: unknown, path = 'variables'): readonly PlacedUpload[] {
  if (value instanceof Upload) return [{ path, upload: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => findUploads(child, `${path}.${key}`));
}
