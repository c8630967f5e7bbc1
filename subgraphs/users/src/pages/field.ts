import { html, type Markup } from './html.ts';

interface FieldOptions {
  readonly id: string;
  /** Name in the form; absent: the id. */
  readonly name?: string;
  readonly label: string;
  /** Shown below the field. */
  readonly hint?: string;
  readonly type?: 'email' | 'password';
  readonly autocomplete: string;
  readonly maxlength: number;
  readonly minlength?: number;
  readonly value?: string | undefined;
  readonly autofocus?: boolean;
  readonly autocapitalize?: 'characters';
  readonly spellcheck?: 'false';
}

/** A required text field with its label. */
export function field({ id, name = id, label, hint, ...attributes }: FieldOptions): Markup {
  const hintId = `${id}-hint`;
  const input = {
    id,
    name,
    ...attributes,
    required: true,
    ...(hint && { 'aria-describedby': hintId }),
  };
  return html`<label for="${id}">${label}</label>
    <input${html.join(Object.entries(input).map(attribute))} />
    ${hint && html`<p class="hint" id="${hintId}">${hint}</p>`}`;
}

/** A value that the form sends but does not show. */
export const hidden = (name: string, value: string): Markup =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

function attribute([name, value]: readonly [
  string,
  string | number | boolean | undefined,
]): Markup {
  if (value === undefined || value === false) return html``;
  return value === true ? html` ${name}` : html` ${name}="${String(value)}"`;
}

/** The e-mail address of an account. */
export const emailField = (
  label: string,
  options: Partial<Pick<FieldOptions, 'autocomplete' | 'value' | 'autofocus'>> = {},
): Markup =>
  field({
    id: 'email',
    type: 'email',
    autocomplete: 'username',
    maxlength: 254,
    label,
    ...options,
  });

/** The password of an account. */
export const passwordField = (
  label: string,
  options: { readonly autofocus?: boolean } = {},
): Markup =>
  field({
    id: 'password',
    type: 'password',
    autocomplete: 'current-password',
    maxlength: 128,
    label,
    ...options,
  });

/** A password that the person chooses now. */
export const newPasswordField = (
  label: string,
  options: { readonly hint: string; readonly autofocus?: boolean },
): Markup =>
  field({
    id: 'password',
    type: 'password',
    autocomplete: 'new-password',
    minlength: 8,
    maxlength: 128,
    label,
    ...options,
  });
