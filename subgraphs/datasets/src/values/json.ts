/** A number as it stands in the text, where a JavaScript number would change it. */
interface RawJson {
  readonly rawJSON: string;
}

declare global {
  // ECMAScript 2026, in Node since 22: not in TypeScript's own library yet.
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): RawJson;
    isRawJSON(value: unknown): value is RawJson;
  }
}

/**
 * Where a number may stand that JavaScript would write differently: many digits, an exponent, a trailing or negative
 * zero. Too many matches cost time only: a reviver makes parsing several times slower.
 */
const DELICATE =
  /(?:[:,[\s]|^)-?(?:[\d.]{16}|[\d.]+[eE]|0(?=[\s,}\]]|$)(?<=-0)|\d+\.\d*0(?=[\s,}\]]|$))/;

/**
 * Parses JSON without changing a number: one that JavaScript would write differently stays as it stood, as raw JSON
 * (`JSON.isRawJSON`), which `JSON.stringify` writes out again.
 * @throws {SyntaxError}
 */
export function parseExactly(text: string): unknown {
  if (!DELICATE.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** Parses JSON for readers without big numbers: a number that JavaScript would change becomes a string of its digits. */
export function parseForJavaScript(text: string): unknown {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? source : value,
  );
}

export const MAX_DEPTH = 200;

/** Whether values are nested in one another more than 200 levels deep. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_DEPTH || Object.values(value).some((inner) => isTooDeep(inner, depth + 1));
}
