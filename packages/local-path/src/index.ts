const HERE = 'http://here.invalid';

/**
 * The path, query and fragment of an address on this origin; `/` for every other address. Use it wherever a request chooses where a
 * browser goes next, to prevent open redirects.
 *
 * The result is parsed again, as a browser would: `/.//evil.example` becomes the path `//evil.example`, which names another host
 * when it is parsed a second time (WHATWG URL, "path state").
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
