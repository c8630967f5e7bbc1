import type { RunSql } from '../database.ts';
import { type ColumnType, isTime, SQL_TYPES } from '../datasets/column-type.ts';

/** A physical table in schema `data`. Its columns are named by position: names from files never become identifiers. */
export interface DataTable {
  readonly tableName: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

/** The table that an import fills. */
export const tableNameOf = (importId: string): string => `t_${importId.replaceAll('-', '')}`;

/**
 * The table's identifier in SQL.
 * @throws {Error} for a name that {@link tableNameOf} does not produce.
 */
export function tableRef(tableName: string): string {
  if (!/^t_[\da-f]{32}$/.test(tableName)) throw new Error(`"${tableName}" is not a data table.`);
  return `data.${tableName}`;
}

/** The identifier in SQL of the physical column at a position, counted from 0. */
export const columnRef = (position: number): string => `c${position}`;

/** The physical columns in order, without `id`, each preceded by a comma. */
export const columnRefs = (columns: DataTable['columns']): string =>
  columns.map((_, position) => `, ${columnRef(position)}`).join('');

/** Creates an empty table, dropping what an earlier attempt left. Indexes follow in {@link finishTable}: building them once is cheaper. */
export async function createTable(run: RunSql, { tableName, columns }: DataTable): Promise<void> {
  await dropTable(run, tableName);
  const typed = columns.map(({ type }, position) => `, ${columnRef(position)} ${SQL_TYPES[type]}`);
  await run(`CREATE TABLE ${tableRef(tableName)} (id bigint NOT NULL${typed.join('')})`);
}

/** Adds indexes, row-level security and statistics to a filled table. */
export async function finishTable(run: RunSql, { tableName, columns }: DataTable): Promise<void> {
  const table = tableRef(tableName);
  const time = columns.findIndex(({ type }) => isTime(type));
  await run(`ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
  if (time >= 0) await run(`CREATE INDEX ON ${table} (${columnRef(time)})`);
  await run(`CALL secure_data_table('${tableName}')`);
  await run(`ANALYZE ${table}`);
}

export async function dropTable(run: RunSql, tableName: string): Promise<void> {
  await run(`DROP TABLE IF EXISTS ${tableRef(tableName)}`);
}

/** Drops a table that no dataset uses. */
export async function dropUnpublishedTable(run: RunSql, tableName: string): Promise<void> {
  const published = await run('SELECT FROM dataset WHERE table_name = $1', [tableName]);
  if (published.length === 0) await dropTable(run, tableName);
}
