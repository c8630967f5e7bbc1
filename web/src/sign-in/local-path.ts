/** A path on this origin, whatever was asked for; `/` when it leads elsewhere. */
export function localPath(wanted: string | null): string {
  const { origin } = window.location;
  if (wanted === null || !URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  return url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : '/';
}
