import { html, Markup } from './html.ts';
import { PASSKEY_SCRIPT } from './passkey-script.ts';
import type { Words } from './words/en.ts';

/** The button that signs in with a passkey. It appears where scripts run and the browser supports passkeys. */
export const passkeyForm = (words: Words, action: string): Markup =>
  html`<form method="post" action="${action}/passkey" id="passkey" hidden>
      <input type="hidden" name="response" />
      <button type="submit" class="quiet">${words.passkeySignIn}</button>
      <p class="hint" role="status" id="passkey-problem" hidden>${words.passkeyProblem}</p>
    </form>
    ${new Markup(`<script>${PASSKEY_SCRIPT}</script>`)}`;
