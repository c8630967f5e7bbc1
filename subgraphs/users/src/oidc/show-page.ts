import type { KoaContextWithOIDC } from 'oidc-provider';

import { pageHeaders } from '../pages/page-headers.ts';

/** Answers with a page. @param script - the one script that the page contains. */
export function showPage(
  ctx: Pick<KoaContextWithOIDC, 'set' | 'body'>,
  body: string,
  { script }: { readonly script?: string } = {},
): void {
  ctx.set(pageHeaders(script === undefined ? {} : { script }));
  ctx.body = body;
}
