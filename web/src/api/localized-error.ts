/** An error of the client itself, whose message is localized and shown unchanged. */
export class LocalizedError extends Error {
  override readonly name = 'LocalizedError';
}
