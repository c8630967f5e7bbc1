/** A mistake in a multipart request, which the message names. `requestErrors` answers it. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError';
  readonly expose = true;
  readonly status: 400 | 408 | 413 | 415;

  constructor(message: string, status: MultipartError['status'] = 400, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Text of the sender, quoted and shortened for a message. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
