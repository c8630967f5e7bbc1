import { Upload } from './upload.ts';

/** An upload in an operation's variables, and its paths. */
export interface PlacedUpload {
  readonly upload: Upload;
  /** As in the multipart request's `map`: `variables.file`, `variables.input.files.0`. */
  readonly paths: readonly string[];
}

/** Finds the uploads in an operation's variables, in their order. */
export function findUploads(variables: Readonly<Record<string, unknown>>): readonly PlacedUpload[] {
  const found = new Map<Upload, string[]>();
  const search = (value: unknown, path: string): void => {
    if (value instanceof Upload) found.set(value, [...(found.get(value) ?? []), path]);
    else if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) search(child, `${path}.${key}`);
  };
  search(variables, 'variables');
  return [...found].map(([upload, paths]) => ({ upload, paths }));
}
