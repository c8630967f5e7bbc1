import { ColumnType } from '../generated/graphql.ts';

/** Whether a column can be the y of a chart. */
export function isNumeric(type: ColumnType): boolean {
  return type === ColumnType.INTEGER || type === ColumnType.DECIMAL || type === ColumnType.FLOAT;
}

/** Whether a column can be the x of a chart. */
export function isTime(type: ColumnType): boolean {
  return type === ColumnType.DATE || type === ColumnType.TIMESTAMP;
}

/** Whether a chart can be grouped by a column. */
export function isCategory(type: ColumnType): boolean {
  return type === ColumnType.TEXT || type === ColumnType.BOOLEAN;
}
