/** An error of this client itself; its message is in the person's language, and shown as it is. */
export class LocalizedError extends Error {
  override readonly name = 'LocalizedError';
}
