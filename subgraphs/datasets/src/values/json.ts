/** The source text of a number that a JavaScript number would change. */
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
 * Matches text that may hold a number that JavaScript would format differently: many digits, an exponent, a trailing or
 * negative zero. False matches only cost time: a reviver makes parsing several times slower.
 */
const INEXACT =
  /(?:[:,[\s]|^)-?(?:[\d.]{16}|[\d.]+[eE]|0(?=[\s,}\]]|$)(?<=-0)|\d+\.\d*0(?=[\s,}\]]|$))/;

/**
 * Parses JSON without changing numbers: one that JavaScript would format differently becomes raw JSON (`JSON.isRawJSON`),
 * which `JSON.stringify` writes unchanged.
 * @throws {SyntaxError}
 */
export function parseExactly(text: string): unknown {
  if (!INEXACT.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** Parses JSON for clients with JavaScript numbers: a number that would change becomes a string of its digits. */
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
