import { type ColumnType, isTime, SQL_TYPES } from './column-type.ts';

/** What a physical column is made from: its name says nothing but its position. */
interface Typed {
  readonly type: ColumnType;
}

/** The table in schema `data` that an import fills. */
export const tableNameOf = (importId: string): string => `t_${importId.replaceAll('-', '')}`;

/** The name of a table in SQL; refuses everything that `tableNameOf` does not make. */
export function tableRef(tableName: string): string {
  if (!/^t_[\da-f]{32}$/.test(tableName)) throw new Error('This is not the name of a data table.');
  return `data.${tableName}`;
}

/** The name in SQL of the physical column at a position. */
export const columnRef = (position: number): string => `c${position}`;

/** The physical columns, in order, without `id`: each after a comma. */
export const columnRefs = (columns: readonly Typed[]): string =>
  columns.map((_, position) => `, ${columnRef(position)}`).join('');

/** Makes the table without an index: those are cheap once the rows are there. */
export function createTableSql(tableName: string, columns: readonly Typed[]): string {
  const typed = columns.map(({ type }, position) => `, ${columnRef(position)} ${SQL_TYPES[type]}`);
  return `CREATE TABLE ${tableRef(tableName)} (id bigint NOT NULL${typed.join('')})`;
}

/** The statements that make a filled table fit to be read. */
export function finishTableSql(tableName: string, columns: readonly Typed[]): string[] {
  const table = tableRef(tableName);
  const time = columns.findIndex(({ type }) => isTime(type));
  return [
    `ALTER TABLE ${table} ADD PRIMARY KEY (id)`,
    ...(time < 0 ? [] : [`CREATE INDEX ON ${table} (${columnRef(time)})`]),
    `CALL secure_data_table('${tableName}')`,
    `ANALYZE ${table}`,
  ];
}

export const dropTableSql = (tableName: string): string =>
  `DROP TABLE IF EXISTS ${tableRef(tableName)}`;
