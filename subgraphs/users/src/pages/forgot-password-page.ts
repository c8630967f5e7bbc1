import { emailField } from './field.ts';
import { html } from './html.ts';
import { errorBox, page } from './layout.ts';
import type { Words } from './words/en.ts';

interface ForgotPasswordState {
  readonly error?: string;
  readonly email?: string;
}

/** `action`: the first page of the interaction. */
export const forgotPasswordPage = (
  words: Words,
  action: string,
  { error, email }: ForgotPasswordState = {},
): string =>
  page(
    words,
    words.forgotTitle,
    html`<h1>${words.forgotTitle}</h1>
      <p class="lead">${words.forgotLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}/forgot">
        ${emailField(words.email, { value: email, autofocus: true })}
        <button type="submit">${words.sendLink}</button>
      </form>
      <p class="other"><a href="${action}?screen=sign-in">${words.backToSignIn}</a></p>`,
  );
