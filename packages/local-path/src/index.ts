const HERE = 'http://here.invalid';

/**
 * The path, query and fragment of an address on this origin; `/` for every other address. To be used wherever a request
 * says where a browser goes next: an open redirect would lend our name to somebody else's page.
 *
 * What counts is the path that results, as a browser reads it: `/.//evil.example` is the path `//evil.example` after
 * parsing, which is another host when it is parsed again (WHATWG URL, "path state").
 */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== 'string') return '/';
  const path = pathHere(wanted);
  return path !== undefined && pathHere(path) === path ? path : '/';
}

function pathHere(address: string): string | undefined {
  if (!URL.canParse(address, HERE)) return undefined;
  const { origin, pathname, search, hash } = new URL(address, HERE);
  return origin === HERE ? `${pathname}${search}${hash}` : undefined;
}
