import type { Client, KoaContextWithOIDC } from 'oidc-provider';

import { deviceConfirmPage, deviceInputPage } from '../pages/device-pages.ts';
import { messagePage } from '../pages/layout.ts';
import type { Words } from '../pages/words/en.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { showPage } from './show-page.ts';
import { presentedUserCode } from './user-code.ts';

/** Shows the form for the code of a device, and what went wrong with it. */
export function showDeviceInput(
  ctx: KoaContextWithOIDC,
  _form: string,
  _out?: unknown,
  error?: Error,
): void {
  const words = wordsFor(ctx);
  if (error?.name === 'AbortedError') {
    return showPage(ctx, messagePage(words, words.deviceRefused, words.deviceRefusedLead));
  }
  const body = deviceInputPage(words, {
    xsrf: String(ctx.oidc.session?.state?.secret),
    userCode: presentedUserCode(ctx),
    error: error && problemOf(words, error),
  });
  return showPage(ctx, body);
}

export function showDeviceConfirm(
  ctx: KoaContextWithOIDC,
  form: string,
  client: Client,
  _deviceInfo: unknown,
  userCode: string,
): void {
  const clientName = client.clientName ?? client.clientId;
  showPage(ctx, deviceConfirmPage(wordsFor(ctx), { clientName, userCode, form }));
}

/** Sends the person back to the device. */
export function showDeviceSuccess(ctx: KoaContextWithOIDC): void {
  const words = wordsFor(ctx);
  showPage(ctx, messagePage(words, words.deviceDone, words.deviceDoneLead));
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
