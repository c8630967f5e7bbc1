import { emailField, passwordField } from './field.ts';
import { html } from './html.ts';
import { errorBox, page } from './layout.ts';
import { passkeyForm } from './passkey-form.ts';
import { type OfferedProvider, providerButtons } from './provider-buttons.ts';
import type { Words } from './words/en.ts';

interface SignInState {
  readonly providers?: readonly OfferedProvider[];
  readonly error?: string;
  readonly email?: string;
}

/** `action`: where the form posts to, and the base of the links to the other pages. */
export const signInPage = (
  words: Words,
  action: string,
  { error, email, providers }: SignInState = {},
): string =>
  page(
    words,
    words.signIn,
    html`<h1>${words.signIn}</h1>
      <p class="lead">${words.signInLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        ${emailField(words.email, {
          autocomplete: 'username webauthn',
          value: email,
          autofocus: !email,
        })}
        ${passwordField(words.password, { autofocus: Boolean(email) })}
        <button type="submit">${words.signIn}</button>
      </form>
      <p class="other"><a href="${action}/forgot">${words.forgotPassword}</a></p>
      ${passkeyForm(words, action)} ${providerButtons(words, action, providers)}
      <p class="other">${words.newHere} <a href="${action}/sign-up">${words.createAccount}</a></p>`,
  );
