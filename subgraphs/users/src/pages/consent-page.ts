import type { Scope } from '@affluent/service';

import { html } from './html.ts';
import { page } from './layout.ts';
import type { Words } from './words/en.ts';

interface ConsentPageOptions {
  readonly action: string;
  readonly client: {
    readonly name: string;
    /** Path of our copy of its logo. */
    readonly logo: string | undefined;
    /** Whether a person registered it; any program can present itself as one of our own clients. */
    readonly isRegistered: boolean;
  };
  /** Where the client has the person sent back to; absent when the client waits on another device. */
  readonly redirectUri: string | undefined;
  readonly scopes: readonly Scope[];
  /** When the grant ends. */
  readonly until: Date;
}

/** Asks whether a client may act for the person: which client, what it may do, until when, and where the person goes next. */
export function consentPage(words: Words, options: ConsentPageOptions): string {
  const { action, client, redirectUri, scopes, until } = options;
  const { name, logo, isRegistered } = client;
  const rights =
    scopes.length > 0 ? scopes.map((scope) => words.scopes[scope]) : [words.allowNothing];
  const date = until.toLocaleDateString(words.language, { dateStyle: 'long', timeZone: 'UTC' });
  return page(
    words,
    words.allow,
    html`${logo && html`<img src="${logo}" alt="" width="56" height="56" />`}
      <h1>${words.allowTitle(name)}</h1>
      <p class="hint">${isRegistered ? words.notVerified : words.anyProgram}</p>
      <p class="lead">${words.allowLead}</p>
      <ul>
        ${html.join(rights.map((right) => html`<li>${right}</li>`))}
      </ul>
      <p>${words.allowUntil(date)}</p>
      <p>${destination(words, redirectUri)}</p>
      <form method="post" action="${action}/consent">
        <button type="submit" name="answer" value="allow">${words.allow}</button>
        <button type="submit" name="answer" value="refuse" class="quiet">${words.refuse}</button>
      </form>`,
  );
}

function destination(words: Words, redirectUri: string | undefined): string {
  const url = redirectUri === undefined ? null : URL.parse(redirectUri);
  if (!url) return words.goesToDevice;
  if (url.protocol === 'https:') return words.goesTo(url.host);
  return url.protocol === 'http:'
    ? words.goesToThisComputer
    : words.goesToApp(url.protocol.slice(0, -1));
}
