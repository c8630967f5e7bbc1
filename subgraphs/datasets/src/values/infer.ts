import type { ColumnType } from '../datasets/column-type.ts';
import { type DayFirst, dayFirstIn, readDate, readTimestamp } from './dates.ts';
import { isDecimal, isFloat, isInteger } from './numbers.ts';
import type { Cell } from './reading.ts';

/** The share of values that must fit a type. Rows with other values are rejected. */
const MIN_SHARE = 0.95;

interface Inferred {
  readonly type: ColumnType;
  readonly dayFirst: DayFirst;
}

/**
 * Infers the type of a column from a sample of its values.
 * @param isTyped - whether the format has typed values (JSON): text is then parsed only as dates.
 */
export function inferType(sample: readonly Cell[], isTyped: boolean): Inferred {
  const present = sample.filter((cell) => cell !== null && cell !== undefined && cell !== '');
  const texts: string[] = [];
  const numbers: string[] = [];
  let booleans = 0;
  for (const cell of present) {
    if (typeof cell === 'boolean') booleans += 1;
    else if (typeof cell === 'number') numbers.push(String(cell));
    else if (typeof cell === 'string') texts.push(cell.trim());
    else if (JSON.isRawJSON(cell)) numbers.push(cell.rawJSON);
    else return { type: 'JSON', dayFirst: null };
  }
  const dayFirst = inferDayFirst(texts);
  const enough = Math.max(1, present.length * MIN_SHARE);
  const dates = texts.filter((text) => readDate(text, dayFirst) !== undefined).length;
  if (dates >= enough) return { type: 'DATE', dayFirst };
  const times = texts.filter((text) => readTimestamp(text, dayFirst) !== undefined).length;
  if (times >= enough) return { type: 'TIMESTAMP', dayFirst };
  if (!isTyped) {
    booleans = texts.filter((text) => /^(?:true|false)$/i.test(text)).length;
    numbers.push(...texts.filter(isDecimal));
  }
  if (booleans >= enough) return { type: 'BOOLEAN', dayFirst: null };
  const isCode = !isTyped && texts.some((text) => /^[-+]?0\d+$/.test(text));
  if (isCode || numbers.length < enough) return { type: 'TEXT', dayFirst: null };
  return { type: numberType(numbers), dayFirst: null };
}

/** The narrowest type that keeps every digit of all the numbers. */
function numberType(numbers: readonly string[]): ColumnType {
  if (numbers.every(isInteger)) return 'INTEGER';
  return numbers.every(isFloat) && !numbers.some(isBeyondInteger) ? 'FLOAT' : 'DECIMAL';
}

const isBeyondInteger = (text: string): boolean => /^-?\d+$/.test(text) && !isInteger(text);

/** The order of numeric dates in a sample; null if it is ambiguous or inconsistent. */
export function inferDayFirst(texts: readonly Cell[]): DayFirst {
  const orders = new Set<boolean>();
  for (const text of texts) {
    const order = typeof text === 'string' ? dayFirstIn(text.trim()) : undefined;
    if (order !== undefined) orders.add(order);
  }
  const [only] = orders;
  return orders.size === 1 && only !== undefined ? only : null;
}
