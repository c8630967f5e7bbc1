/** The sender of a multipart request is at fault, in a way that the message names. Answered by `requestErrors`. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
  readonly expose = true;
  readonly status: 400 | 408 | 413 | 415;

  constructor(message: string, status: MultipartError['status'] = 400, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What the sender wrote, as it can stand in a message. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
