import type { Client, KoaContextWithOIDC } from 'oidc-provider';

import { presentedUserCode } from '../oidc/user-code.ts';
import { html, Markup } from './html.ts';
import { errorBox, messagePage, page, PAGE_HEADERS } from './pages.ts';
import { type Words, wordsFor } from './words.ts';

/** Where a person types the code that a program or device without a browser shows them (RFC 8628, 3.3). */
export function deviceInputPage(
  ctx: KoaContextWithOIDC,
  _form: string,
  _out?: unknown,
  error?: Error,
): void {
  const words = wordsOf(ctx);
  if (error?.name === 'AbortedError') {
    return show(ctx, messagePage(words, words.deviceRefused, words.deviceRefusedLead));
  }
  const token = String(ctx.oidc.session?.state?.secret);
  const body = html`<h1>${words.device}</h1>
    <p class="lead">${words.deviceLead}</p>
    ${errorBox(error && problemOf(words, error))}
    <form method="post" action="/oidc/device">
      <input type="hidden" name="xsrf" value="${token}" />
      <label for="user-code">${words.deviceCode}</label>
      <input
        id="user-code"
        name="user_code"
        required
        autofocus
        maxlength="20"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        value="${presentedUserCode(ctx)}"
      />
      <button type="submit">${words.continue}</button>
    </form>`;
  return show(ctx, page(words, words.device, body));
}

/** Asks whether the code is the one that the person's own device shows: somebody else may have sent them here. */
export function deviceConfirmPage(
  ctx: KoaContextWithOIDC,
  form: string,
  client: Client,
  _deviceInfo: unknown,
  userCode: string,
): void {
  const words = wordsOf(ctx);
  const body = html`<h1>${words.deviceConfirm(client.clientName ?? client.clientId)}</h1>
    <p class="lead">${words.deviceConfirmLead}</p>
    <p class="code">${userCode}</p>
    ${new Markup(form)}
    <button type="submit" form="op.deviceConfirmForm">${words.continue}</button>
    <button type="submit" form="op.deviceConfirmForm" name="abort" value="yes" class="quiet">
      ${words.refuse}
    </button>`;
  show(ctx, page(words, words.device, body));
}

/** The person can go back to the device. */
export function deviceSuccessPage(ctx: KoaContextWithOIDC): void {
  const words = wordsOf(ctx);
  show(ctx, messagePage(words, words.deviceDone, words.deviceDoneLead));
}

const WRONG_CODE: ReadonlySet<string> = new Set([
  'NoCodeError',
  'NotFoundError',
  'ExpiredError',
  'AlreadyUsedError',
]);

function problemOf(words: Words, { name }: Error): string {
  if (WRONG_CODE.has(name)) return words.deviceWrong;
  return name === 'SlowDown' ? words.tooManyAttempts : words.requestRefusedLead;
}

const wordsOf = (ctx: KoaContextWithOIDC): Words => wordsFor(ctx.get('accept-language'));

function show(ctx: KoaContextWithOIDC, body: string): void {
  ctx.set({ ...PAGE_HEADERS });
  ctx.body = body;
}
