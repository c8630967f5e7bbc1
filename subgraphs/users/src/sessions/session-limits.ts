/** How long a browser's session lasts, in seconds. */
export interface SessionLimits {
  /** Without being used. */
  readonly idle: number;
  /** Since the sign-in, used or not. */
  readonly absolute: number;
}

/** Of a browser without a sign-in: long enough to fill in a form. */
const UNKNOWN_SECONDS = 3600;

/** How long oidc-provider keeps a session, in seconds. @param loginTs - when the person signed in, in seconds since 1970. */
export function secondsLeft(loginTs: number | undefined, { absolute }: SessionLimits): number {
  if (loginTs === undefined) return UNKNOWN_SECONDS;
  return Math.max(1, Math.floor(loginTs + absolute - Date.now() / 1000));
}
