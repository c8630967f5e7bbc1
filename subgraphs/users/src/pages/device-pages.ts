import { field, hidden } from './field.ts';
import { html, Markup } from './html.ts';
import { errorBox, page } from './layout.ts';
import type { Words } from './words/en.ts';

interface DeviceInputOptions {
  /** Secret of the form, which belongs to the session. */
  readonly xsrf: string;
  readonly userCode: string;
  readonly error?: string | undefined;
}

/** Where a person enters the code that a program or device without a browser shows them (RFC 8628, 3.3). */
export const deviceInputPage = (
  words: Words,
  { xsrf, userCode, error }: DeviceInputOptions,
): string =>
  page(
    words,
    words.device,
    html`<h1>${words.device}</h1>
      <p class="lead">${words.deviceLead}</p>
      ${errorBox(error)}
      <form method="post" action="/oidc/device">
        ${hidden('xsrf', xsrf)}
        ${field({
          id: 'user-code',
          name: 'user_code',
          label: words.deviceCode,
          autocomplete: 'off',
          autocapitalize: 'characters',
          spellcheck: 'false',
          maxlength: 20,
          value: userCode,
          autofocus: true,
        })}
        <button type="submit">${words.continue}</button>
      </form>`,
  );

interface DeviceConfirmOptions {
  readonly clientName: string;
  readonly userCode: string;
  /** oidc-provider's own form, as HTML. */
  readonly form: string;
}

/** Asks whether the person's own device shows the code: someone else may have sent them the link. */
export const deviceConfirmPage = (
  words: Words,
  { clientName, userCode, form }: DeviceConfirmOptions,
): string =>
  page(
    words,
    words.device,
    html`<h1>${words.deviceConfirm(clientName)}</h1>
      <p class="lead">${words.deviceConfirmLead}</p>
      <p class="code">${userCode}</p>
      ${new Markup(form)}
      <button type="submit" form="op.deviceConfirmForm">${words.continue}</button>
      <button type="submit" form="op.deviceConfirmForm" name="abort" value="yes" class="quiet">
        ${words.refuse}
      </button>`,
  );
