import { html, Markup } from './html.ts';
import { page } from './layout.ts';
import type { Words } from './words/en.ts';

/** Submits the form of the sign-out page. */
export const SUBMIT_SIGN_OUT = "document.getElementById('op.logoutForm').submit()";

interface SignOutOptions {
  /** oidc-provider's own form, as HTML. */
  readonly form: string;
  /** Whether the form submits itself where scripts run. */
  readonly isConfirmed: boolean;
}

/** Asks before it signs out. */
export const signOutPage = (words: Words, { form, isConfirmed }: SignOutOptions): string =>
  page(
    words,
    words.signOut,
    html`<h1>${words.signOut}</h1>
      <p class="lead">${words.signOutLead}</p>
      ${new Markup(form)}
      <input type="hidden" name="logout" value="yes" form="op.logoutForm" />
      <button type="submit" form="op.logoutForm">${words.signOut}</button>
      <a class="button quiet" href="/">${words.stay}</a
      >${isConfirmed && new Markup(`<script>${SUBMIT_SIGN_OUT}</script>`)}`,
  );
