import { hidden, passwordField } from './field.ts';
import { html } from './html.ts';
import { errorBox, page } from './layout.ts';
import type { Words } from './words/en.ts';

interface ConfirmEmailOptions {
  readonly action: string;
  /** Secret of the link in the message. */
  readonly token: string;
  readonly email: string;
  readonly error?: string | undefined;
  /** Label of the password field; absent when this browser is known to be the person's. */
  readonly passwordLabel?: string | undefined;
}

/** Asks for a click: mail scanners follow links, so a GET must not confirm anything. */
export const confirmEmailPage = (
  words: Words,
  { action, token, email, error, passwordLabel }: ConfirmEmailOptions,
): string =>
  page(
    words,
    words.confirmEmail,
    html`<h1>${words.confirmEmail}</h1>
      <p class="lead">${words.confirmEmailLead(email)}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        ${hidden('token', token)}
        ${passwordLabel && passwordField(passwordLabel, { autofocus: true })}
        <button type="submit">${words.confirm}</button>
      </form>`,
  );
