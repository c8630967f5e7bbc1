/** A file that has begun to arrive. */
export interface ArrivingFile {
  readonly name: string;
  /** The media type that its sender gives it. */
  readonly type: string;
  /**
   * Its bytes as they arrive, no faster than they are taken, and once only.
   * @throws {MultipartError} when the file does not arrive whole, or the request goes on otherwise than it should.
   */
  readonly read: () => AsyncGenerator<Uint8Array, void>;
  /** Lets the rest of it go, so that what follows it can arrive. */
  readonly skip: () => void;
}

/** Stands in an operation's variables for a file that is on its way. */
export class Upload {
  readonly #arrival = Promise.withResolvers<ArrivingFile>();
  #hasArrived = false;

  constructor() {
    // A file that nobody waits for may fail to arrive.
    this.#arrival.promise.catch(() => {});
  }

  /** Rejects when the file does not come. */
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

  /** As the multipart request specification writes a file into `operations`. */
  toJSON(): null {
    return null;
  }
}
