import { hidden, newPasswordField } from './field.ts';
import { html } from './html.ts';
import { errorBox, page } from './layout.ts';
import type { Words } from './words/en.ts';

interface NewPasswordOptions {
  readonly action: string;
  /** Secret of the link in the message. */
  readonly token: string;
  readonly email: string;
  readonly error?: string;
}

export const newPasswordPage = (
  words: Words,
  { action, token, email, error }: NewPasswordOptions,
): string =>
  page(
    words,
    words.forgotTitle,
    html`<h1>${words.forgotTitle}</h1>
      <p class="lead">${words.newPasswordLead(email)}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        ${hidden('token', token)}
        <input type="hidden" name="email" value="${email}" autocomplete="username" />
        ${newPasswordField(words.newPassword, { hint: words.passwordHint, autofocus: true })}
        <button type="submit">${words.savePassword}</button>
      </form>`,
  );
