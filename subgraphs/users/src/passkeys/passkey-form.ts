import { html, Markup } from '../sign-in/html.ts';
import type { Words } from '../sign-in/words.ts';
import { PASSKEY_SCRIPT } from './passkey-script.ts';

/** The button that signs in with a passkey. It appears where scripts run and the browser knows passkeys. */
export const passkeyForm = (words: Words, action: string): Markup =>
  html`<form method="post" action="${action}/passkey" id="passkey" hidden>
      <input type="hidden" name="response" />
      <button type="submit" class="quiet">${words.passkeySignIn}</button>
      <p class="hint" role="status" id="passkey-problem" hidden>${words.passkeyProblem}</p>
    </form>
    ${new Markup(`<script>${PASSKEY_SCRIPT}</script>`)}`;
