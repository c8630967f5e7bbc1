import { emailField, field, newPasswordField } from './field.ts';
import { html } from './html.ts';
import { errorBox, page } from './layout.ts';
import { type OfferedProvider, providerButtons } from './provider-buttons.ts';
import type { Words } from './words/en.ts';

interface SignUpState {
  readonly providers?: readonly OfferedProvider[];
  readonly error?: string;
  readonly email?: string;
  readonly displayName?: string;
}

/** `action`: the first page of the interaction. */
export const signUpPage = (
  words: Words,
  action: string,
  { error, email, displayName, providers }: SignUpState = {},
): string =>
  page(
    words,
    words.createAccount,
    html`<h1>${words.createAccount}</h1>
      <p class="lead">${words.createAccountLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}/sign-up">
        ${field({
          id: 'display-name',
          name: 'displayName',
          label: words.displayName,
          autocomplete: 'name',
          maxlength: 80,
          value: displayName,
          autofocus: true,
        })}
        ${emailField(words.email, { value: email })}
        ${newPasswordField(words.password, { hint: words.passwordHint })}
        <button type="submit">${words.createAccount}</button>
      </form>
      ${providerButtons(words, action, providers)}
      <p class="other">
        ${words.haveAccount} <a href="${action}?screen=sign-in">${words.signIn}</a>
      </p>`,
  );
