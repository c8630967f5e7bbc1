import { CookieJar } from 'tough-cookie';

interface BrowserOptions {
  /** Redirects to return instead of following. */
  readonly stopAt?: (url: URL) => boolean;
  /** Sent as `Accept-Language`. */
  readonly language?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Page {
  /** Where the redirects ended. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Browser {
  /** Opens a page, or posts a form to it, and follows the redirects. */
  readonly visit: (url: URL | string, form?: Readonly<Record<string, string>>) => Promise<Page>;
  /** The `Cookie` header for a request to this address. */
  readonly cookiesFor: (url: string) => Promise<string>;
}

const MAX_REDIRECTS = 10;

/** A browser without scripts: keeps cookies and follows redirects. */
export function createBrowser({
  stopAt,
  language = 'en',
  headers: always = {},
}: BrowserOptions = {}): Browser {
  const jar = new CookieJar();
  return {
    cookiesFor: (url) => jar.getCookieString(url),
    async visit(first, form) {
      let url = new URL(first);
      let request: RequestInit = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
      for (let step = 0; step < MAX_REDIRECTS; step++) {
        const cookie = await jar.getCookieString(url.href);
        const response = await fetch(url, {
          ...request,
          headers: { ...always, cookie, 'accept-language': language },
          redirect: 'manual',
        });
        const { status, headers } = response;
        for (const line of headers.getSetCookie()) await jar.setCookie(line, url.href);
        const location = headers.get('location');
        const body = await response.text();
        if (!location) return { url, status, headers, body };
        url = new URL(location, url);
        if (stopAt?.(url)) return { url, status, headers, body };
        request = {};
      }
      throw new Error('Too many redirects.');
    },
  };
}
