import { html, Markup } from './html.ts';
import { STYLE } from './style.ts';
import type { Words } from './words/en.ts';

/** Inserted verbatim: the policy of {@link pageHeaders} has a hash of every character between the tags. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

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

/** A whole HTML document. */
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

/** A page that says one thing and leads back to the start. */
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
