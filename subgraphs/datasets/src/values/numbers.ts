const SMALL_INTEGER = /^(?:0|-?[1-9]\d{0,17})$/;
const LONG_INTEGER = /^-?[1-9]\d{18}$/;
const NUMBER = /^-?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const SMALLEST_NORMAL = 2 ** -1022;
const MAX_DECIMAL_DIGITS = 1_000;

/** A 64-bit integer. Leading zeros and plus signs are refused: they belong to codes and phone numbers. */
export function isInteger(text: string): boolean {
  if (SMALL_INTEGER.test(text)) return true;
  return LONG_INTEGER.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

/** A number of any size in the usual notation, up to 1,000 characters. */
export const isDecimal = (text: string): boolean =>
  text.length <= MAX_DECIMAL_DIGITS && NUMBER.test(text);

/** A number that double precision represents without losing a digit. */
export function isFloat(text: string): boolean {
  if (!isDecimal(text)) return false;
  if (text.length <= 15 && !/e/i.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const digits = significantDigits(text);
  if (digits === '') return true;
  if (digits.length <= 15) return Math.abs(value) >= SMALLEST_NORMAL;
  if (digits.length > 100) return false;
  return significantDigits(value.toPrecision(digits.length)) === digits;
}

/** Sign and exponent of a finite double are right: only the digits need comparing. */
const significantDigits = (text: string): string =>
  text
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
