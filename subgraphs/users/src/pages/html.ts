const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send: made by {@link html}, or trusted verbatim. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Markup | string | false | undefined;

/** A template of markup. Every value is escaped unless it is markup itself; false and undefined are omitted. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const rendered = values.map((value) => {
    if (value instanceof Markup) return value.text;
    return value ? value.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '') : '';
  });
  return new Markup(String.raw({ raw: strings }, ...rendered));
}

html.join = (parts: readonly Markup[]): Markup =>
  new Markup(parts.map(({ text }) => text).join(''));
