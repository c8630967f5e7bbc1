import type { KoaContextWithOIDC } from 'oidc-provider';

import { messagePage } from '../pages/layout.ts';
import { signOutPage, SUBMIT_SIGN_OUT } from '../pages/sign-out-page.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { showPage } from './show-page.ts';

/**
 * Asks before it signs out. A request with an ID token of the signed-in person comes from the web client's "Sign out", so
 * its form submits itself. An ID token of someone else proves nothing: anyone can have one of their own.
 */
export function showSignOut(ctx: KoaContextWithOIDC, form: string): void {
  const { session, entities } = ctx.oidc;
  const isConfirmed = entities.IdTokenHint?.payload.sub === session?.accountId;
  const body = signOutPage(wordsFor(ctx), { form, isConfirmed });
  showPage(ctx, body, isConfirmed ? { script: SUBMIT_SIGN_OUT } : {});
}

/** Where a sign-out ends that did not come from a client. */
export function showSignedOut(ctx: KoaContextWithOIDC): void {
  const words = wordsFor(ctx);
  showPage(ctx, messagePage(words, words.signedOut, words.signedOutLead));
}
