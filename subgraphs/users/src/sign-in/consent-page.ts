import type { Scope } from '@affluent/service';
import type { Client } from 'oidc-provider';

import { logoOf, ownerOf } from '../oauth-clients/client-metadata.ts';
import { html } from './html.ts';
import { page } from './pages.ts';
import type { Words } from './words.ts';

interface ConsentPageOptions {
  readonly action: string;
  readonly client: Client;
  /** Where the person is sent to with the answer; absent when the client waits on another device. */
  readonly redirectUri: string | undefined;
  readonly scopes: readonly Scope[];
  /** When the grant ends. */
  readonly until: Date;
}

/** Asks a person whether a client may act for them: says who it is, what it could do, how long, and where they go next. */
export function consentPage(words: Words, options: ConsentPageOptions): string {
  const { action, client, redirectUri, scopes, until } = options;
  const name = client.clientName ?? client.clientId;
  const logo = logoOf(client);
  const rights =
    scopes.length > 0 ? scopes.map((scope) => words.scopes[scope]) : [words.allowNothing];
  const date = until.toLocaleDateString(words.language, { dateStyle: 'long', timeZone: 'UTC' });
  return page(
    words,
    words.allow,
    html`${logo && html`<img src="${logo}" alt="" width="56" height="56" />`}
      <h1>${words.allowTitle(name)}</h1>
      <p class="hint">${ownerOf(client) ? words.notVerified : words.anyProgram}</p>
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
