import { registerEnumType } from 'type-graphql';

export const ColumnType = {
  BOOLEAN: 'BOOLEAN',
  INTEGER: 'INTEGER',
  DECIMAL: 'DECIMAL',
  FLOAT: 'FLOAT',
  TEXT: 'TEXT',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  JSON: 'JSON',
} as const;
export type ColumnType = (typeof ColumnType)[keyof typeof ColumnType];
registerEnumType(ColumnType, {
  name: 'ColumnType',
  description:
    'INTEGER has 64 bits; DECIMAL keeps every digit; FLOAT has double precision; TIMESTAMP is an instant, in UTC.',
});

/** The PostgreSQL type of each column type. */
export const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'bigint',
  DECIMAL: 'numeric',
  FLOAT: 'double precision',
  TEXT: 'text',
  DATE: 'date',
  TIMESTAMP: 'timestamptz',
  JSON: 'jsonb',
};

export const isTime = (type: ColumnType): boolean => type === 'DATE' || type === 'TIMESTAMP';

export const isNumber = (type: ColumnType): boolean =>
  type === 'INTEGER' || type === 'DECIMAL' || type === 'FLOAT';
