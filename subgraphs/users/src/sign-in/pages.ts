import { createHash } from 'node:crypto';

import { passkeyForm } from '../passkeys/passkey-form.ts';
import { html, Markup } from './html.ts';
import { STYLE } from './style.ts';
import type { Words } from './words.ts';

const styleHash = createHash('sha256').update(STYLE).digest('base64');
/** Whole, because the hash above is of each character between its tags. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

/**
 * What a sign-in page may do: show itself. `form-action` counts for the redirects after a form too, so it names where
 * they lead: our own origin, and a program that waits on this machine's loopback address.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src 'self' data:; form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const BRAND = html`<p class="brand">
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#0b6570" />
    <path
      d="M6 8c6 0 7 8 13 8h7M6 24c6 0 7-8 13-8M6 16h20"
      fill="none"
      stroke="#fff"
      stroke-width="2.6"
      stroke-linecap="round"
    />
  </svg>
  Affluent
</p>`;

/** A whole page. */
export const page = (words: Words, title: string, body: Markup): string =>
  html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Affluent</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>${BRAND}${body}</main>
      </body>
    </html>`.text;

export const messagePage = (words: Words, title: string, message: string): string =>
  page(
    words,
    title,
    html`<h1>${title}</h1>
      <p class="lead">${message}</p>
      <a class="button" href="/">${words.backToStart}</a>`,
  );

export const errorBox = (error: string | undefined): Markup | undefined =>
  error ? html`<p class="error" role="alert" id="error">${error}</p>` : undefined;

interface FormState {
  /** Outside identity providers that the page offers. */
  readonly providers?: readonly { readonly id: string; readonly name: string }[];
  readonly error?: string | undefined;
  readonly email?: string | undefined;
  readonly displayName?: string | undefined;
}

/** A button for each outside provider that people can sign in with. */
const providerButtons = (
  words: Words,
  action: string,
  providers: FormState['providers'] = [],
): Markup =>
  html.join(
    providers.map(
      ({ id, name }) =>
        html`<form method="post" action="${action}/with/${id}">
          <button type="submit" class="quiet">${words.continueWith(name)}</button>
        </form>`,
    ),
  );

/** `action`: where the form posts to, and what the link to the other page starts from. */
export const signInPage = (
  words: Words,
  action: string,
  { error, email, providers }: FormState = {},
): string =>
  page(
    words,
    words.signIn,
    html`<h1>${words.signIn}</h1>
      <p class="lead">${words.signInLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}">
        <label for="email">${words.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username webauthn"
          required
          maxlength="254"
          value="${email}"
          ${email ? '' : 'autofocus'}
        />
        <label for="password">${words.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="128"
          ${email ? 'autofocus' : ''}
        />
        <button type="submit">${words.signIn}</button>
      </form>
      <p class="other"><a href="${action}/forgot">${words.forgotPassword}</a></p>
      ${passkeyForm(words, action)} ${providerButtons(words, action, providers)}
      <p class="other">${words.newHere} <a href="${action}/sign-up">${words.createAccount}</a></p>`,
  );

export const signUpPage = (
  words: Words,
  action: string,
  { error, email, displayName, providers }: FormState = {},
): string =>
  page(
    words,
    words.createAccount,
    html`<h1>${words.createAccount}</h1>
      <p class="lead">${words.createAccountLead}</p>
      ${errorBox(error)}
      <form method="post" action="${action}/sign-up">
        <label for="display-name">${words.displayName}</label>
        <input
          id="display-name"
          name="displayName"
          autocomplete="name"
          required
          maxlength="80"
          value="${displayName}"
          autofocus
        />
        <label for="email">${words.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          maxlength="254"
          value="${email}"
        />
        <label for="password">${words.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="8"
          maxlength="128"
          aria-describedby="password-hint"
        />
        <p class="hint" id="password-hint">${words.passwordHint}</p>
        <button type="submit">${words.createAccount}</button>
      </form>
      ${providerButtons(words, action, providers)}
      <p class="other">
        ${words.haveAccount} <a href="${action}?screen=sign-in">${words.signIn}</a>
      </p>`,
  );
