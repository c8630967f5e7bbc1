/** A file that has begun to arrive. */
export interface ArrivingFile {
  readonly name: string;
  /** The media type, as the sender states it. */
  readonly type: string;
  /**
   * Its bytes as they arrive, no faster than they are read. To be called once.
   * @throws {MultipartError} when the file does not arrive whole, or the rest of the request has a mistake.
   */
  readonly read: () => AsyncGenerator<Uint8Array, void>;
  /** Drops the rest of the file, so that the parts after it can arrive. */
  readonly skip: () => void;
}

/** A file that is still arriving, as a value in an operation's variables. */
export class Upload {
  readonly #arrival = Promise.withResolvers<ArrivingFile>();
  #hasArrived = false;

  constructor() {
    // A file that no field reads may fail to arrive.
    this.#arrival.promise.catch(() => {});
  }

  /** Rejects when the file does not arrive. */
  get file(): Promise<ArrivingFile> {
    return this.#arrival.promise;
  }

  get hasArrived(): boolean {
    return this.#hasArrived;
  }

  arrive(file: ArrivingFile): void {
    this.#hasArrived = true;
    this.#arrival.resolve(file);
  }

  fail(error: Error): void {
    this.#arrival.reject(error);
  }

  /** The multipart request specification writes null for a file in `operations`. */
  toJSON(): null {
    return null;
  }
}
