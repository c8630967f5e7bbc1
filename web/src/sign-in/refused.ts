/** Navigation state from a refused page to the welcome page, which must not redirect straight back. */
export const REFUSED = { refused: true } as const;

export const isRefusal = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'refused' in state;
