import { html, type Markup } from '../sign-in/html.ts';
import { errorBox, page } from '../sign-in/pages.ts';
import type { Words } from '../sign-in/words.ts';

interface PageState {
  readonly error?: string | undefined;
}

/** `action`: the first page of the interaction. */
export const forgotPage = (
  words: Words,
  action: string,
  { error, email }: PageState & { readonly email?: string } = {},
): string =>
  page(
    words,
    words.forgotTitle,
    html`<h1>${words.forgotTitle}</h1>
      <p class="lead">${words.forgotLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}/forgot">
        <label for="email">${words.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${email}"
          autofocus
        />
        <button type="submit">${words.sendLink}</button>
      </form>
      <p class="other"><a href="${action}?screen=sign-in">${words.backToSignIn}</a></p>`,
  );

/** Says that a message is on its way, in words that fit whether there is an account or not. */
export const checkMailPage = (words: Words, action: string, message: string): string =>
  page(
    words,
    words.checkMail,
    html`<h1>${words.checkMail}</h1>
      <p class="lead">${message}</p>
      <p>${words.noMail}</p>
      <p class="other"><a href="${action}?screen=sign-in">${words.backToSignIn}</a></p>`,
  );

const hidden = (token: string): Markup =>
  html`<input type="hidden" name="token" value="${token}" />`;

interface TokenPageOptions extends PageState {
  readonly action: string;
  readonly token: string;
  readonly email: string;
}

export const newPasswordPage = (
  words: Words,
  { action, token, email, error }: TokenPageOptions,
): string =>
  page(
    words,
    words.forgotTitle,
    html`<h1>${words.forgotTitle}</h1>
      <p class="lead">${words.newPasswordLead(email)}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        ${hidden(token)}
        <input type="hidden" name="email" value="${email}" autocomplete="username" />
        <label for="password">${words.newPassword}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="8"
          maxlength="128"
          aria-describedby="password-hint"
          autofocus
        />
        <p class="hint" id="password-hint">${words.passwordHint}</p>
        <button type="submit">${words.savePassword}</button>
      </form>`,
  );

interface ConfirmPageOptions extends TokenPageOptions {
  /** Label of the password field; absent when this browser is known to be the person's. */
  readonly passwordLabel?: string | undefined;
}

/** A GET must not confirm anything: programs that look through mail follow the links in it. */
export const confirmPage = (
  words: Words,
  { action, token, email, error, passwordLabel }: ConfirmPageOptions,
): string =>
  page(
    words,
    words.confirmEmail,
    html`<h1>${words.confirmEmail}</h1>
      <p class="lead">${words.confirmEmailLead(email)}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        ${hidden(token)}
        ${
          passwordLabel &&
          html`<label for="password">${passwordLabel}</label>
            <input
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
              maxlength="128"
              autofocus
            />`
        }
        <button type="submit">${words.confirm}</button>
      </form>`,
  );
