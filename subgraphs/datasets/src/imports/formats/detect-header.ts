import { inferType } from '../../values/infer.ts';
import { isInteger } from '../../values/numbers.ts';
import type { Cell } from '../../values/reading.ts';

const kindOf = (cells: readonly Cell[]): string => {
  const { type } = inferType(cells, false);
  return type === 'INTEGER' || type === 'DECIMAL' ? 'FLOAT' : type;
};

/**
 * Whether the first row of a CSV names the columns. It does not if it has a number, date or boolean above a column of the
 * same type, except for consecutive years (`country,1990,1991`).
 */
export function detectHeader(first: readonly Cell[], below: readonly (readonly Cell[])[]): boolean {
  const alike = first.filter((cell, position) => {
    if (cell === '' || below.length === 0) return false;
    const kind = kindOf([cell]);
    return kind !== 'TEXT' && kind === kindOf(below.map((row) => row[position]));
  });
  return alike.length === 0 || (alike.length > 1 && areFollowingYears(alike));
}

function areFollowingYears(cells: readonly Cell[]): boolean {
  const texts = cells.map(String);
  return texts.every((text, index) => {
    const previous = texts[index - 1];
    const follows = previous === undefined || Number(text) === Number(previous) + 1;
    return isInteger(text) && Number(text) > 1500 && Number(text) < 2200 && follows;
  });
}
