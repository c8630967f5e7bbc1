import { html } from './html.ts';
import { page } from './layout.ts';
import type { Words } from './words/en.ts';

/** Says that a message was sent. `message` must not reveal whether the address has an account. */
export const checkMailPage = (words: Words, action: string, message: string): string =>
  page(
    words,
    words.checkMail,
    html`<h1>${words.checkMail}</h1>
      <p class="lead">${message}</p>
      <p>${words.noMail}</p>
      <p class="other"><a href="${action}?screen=sign-in">${words.backToSignIn}</a></p>`,
  );
