import { createHash } from 'node:crypto';

import type { KoaContextWithOIDC } from 'oidc-provider';

import { html, Markup } from './html.ts';
import { messagePage, page, PAGE_HEADERS } from './pages.ts';
import { wordsFor } from './words.ts';

const SUBMIT = "document.getElementById('op.logoutForm').submit()";
const submitHash = createHash('sha256').update(SUBMIT).digest('base64');

/**
 * Asks before it signs out. Who shows an ID token of the person who is signed in has asked already, at the web client's
 * "Sign out": then the form sends itself, where scripts run. Anybody has an ID token of their own.
 */
export function signOutPage(ctx: KoaContextWithOIDC, form: string): void {
  const words = wordsFor(ctx.get('accept-language'));
  const { session, entities } = ctx.oidc;
  const wasAsked = entities.IdTokenHint?.payload.sub === session?.accountId;
  ctx.set({ ...PAGE_HEADERS });
  if (wasAsked) {
    const policy = `${PAGE_HEADERS['content-security-policy']}; script-src 'sha256-${submitHash}'`;
    ctx.set('content-security-policy', policy);
  }
  ctx.body = page(
    words,
    words.signOut,
    html`<h1>${words.signOut}</h1>
      <p class="lead">${words.signOutLead}</p>
      ${new Markup(form)}
      <input type="hidden" name="logout" value="yes" form="op.logoutForm" />
      <button type="submit" form="op.logoutForm">${words.signOut}</button>
      <a class="button quiet" href="/">${words.stay}</a
      >${wasAsked && new Markup(`<script>${SUBMIT}</script>`)}`,
  );
}

/** Where a sign-out ends that no client asked for. */
export function signedOutPage(ctx: KoaContextWithOIDC): void {
  const words = wordsFor(ctx.get('accept-language'));
  ctx.set({ ...PAGE_HEADERS });
  ctx.body = messagePage(words, words.signedOut, words.signedOutLead);
}
