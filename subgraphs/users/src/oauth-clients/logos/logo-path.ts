/** Below which our copies of logos are served, on the product's own origin. */
export const LOGO_PATH = '/oidc/logos';

/** The path of a copy, by its digest: another picture has another path. */
export const logoPathOf = (digest: string | null | undefined): string | null =>
  digest ? `${LOGO_PATH}/${digest}` : null;
