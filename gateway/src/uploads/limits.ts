/** Limits of one multipart request. The receiving subgraph limits file sizes. */
export interface UploadLimits {
  readonly files: number;
  /** Of each of the fields `operations` and `map`. */
  readonly fieldBytes: number;
  /** At least {@link stallBytes} must arrive within this time: a sender may send too little, or a file's receiver read none. */
  readonly stallMilliseconds: number;
  readonly stallBytes: number;
}

export const UPLOAD_LIMITS: UploadLimits = {
  files: 10,
  fieldBytes: 1_000_000,
  stallMilliseconds: 60_000,
  stallBytes: 16 * 1024,
};
