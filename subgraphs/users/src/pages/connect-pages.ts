import { hidden } from './field.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import type { OfferedProvider } from './provider-buttons.ts';
import type { Words } from './words/en.ts';

/** Asks for a recent sign-in. @param returnTo - path of the page that the person comes back to. */
export function signInAgainPage(words: Words, returnTo: string): string {
  const href = `/session/sign-in?prompt=login&return_to=${encodeURIComponent(returnTo)}`;
  return page(
    words,
    words.signInAgain,
    html`<h1>${words.signInAgain}</h1>
      <p class="lead">${words.signInAgainLead}</p>
      <a class="button" href="${href}">${words.signInAgain}</a>
      <a class="button quiet" href="/account">${words.refuse}</a>`,
  );
}

interface ConnectOptions {
  readonly provider: OfferedProvider;
  /** Secret that the callback gave this browser. */
  readonly ticket: string;
  /** The account at the provider. */
  readonly outside: string;
  /** E-mail address of the account here. */
  readonly email: string;
}

/** Asks whether an account at an outside provider may sign in to the account here. */
export function connectPage(
  words: Words,
  { provider, ticket, outside, email }: ConnectOptions,
): string {
  const title = words.connectTitle(provider.name);
  return page(
    words,
    title,
    html`<h1>${title}</h1>
      <p class="lead">${words.connectLead(outside, email)}</p>
      <form method="post" action="/oidc/connect/${provider.id}/confirm">
        ${hidden('ticket', ticket)}
        <button type="submit">${words.connect}</button>
        <a class="button quiet" href="/account">${words.refuse}</a>
      </form>`,
  );
}

/** Shown while the browser goes on to an outside provider. @param href - where it goes. */
export function goingPage(words: Words, provider: string, href: string): string {
  const title = words.goingTo(provider);
  return page(
    words,
    title,
    html`<h1><a href="${href}">${title}</a></h1>
      <p class="lead">${words.goingToLead}</p>`,
  );
}
