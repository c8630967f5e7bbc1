interface GraphErrorDetail {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown };
}

/** An operation was refused or failed. `code` is the `extensions.code` of the first error, or empty. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: string;

  constructor(errors: readonly GraphErrorDetail[]) {
    super(errors.map(({ message }) => message).join('; '));
    const code = errors[0]?.extensions?.code;
    this.code = typeof code === 'string' ? code : '';
  }
}
