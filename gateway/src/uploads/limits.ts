/** What one multipart request may be. How large a file may be says the subgraph that takes it. */
export interface UploadLimits {
  readonly files: number;
  /** Of each of the fields `operations` and `map`. */
  readonly fieldBytes: number;
  /** Within so long at least {@link stallBytes} have to arrive; the sender may send too little, or a file's receiver take none. */
  readonly stallMilliseconds: number;
  readonly stallBytes: number;
}

export const UPLOAD_LIMITS: UploadLimits = {
  files: 10,
  fieldBytes: 1_000_000,
  stallMilliseconds: 60_000,
  stallBytes: 16 * 1024,
};
