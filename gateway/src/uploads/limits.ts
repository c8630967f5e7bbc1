/** What one multipart request may be. How large a file may be says the subgraph that takes it. */
export interface UploadLimits {
  readonly files: number;
  /** Of each of the fields `operations` and `map`. */
  readonly fieldBytes: number;
  /** How long nothing may move, because the sender sends nothing or a file's receiver takes nothing. */
  readonly stallMilliseconds: number;
}

export const UPLOAD_LIMITS: UploadLimits = {
  files: 10,
  fieldBytes: 1_000_000,
  stallMilliseconds: 60_000,
};
