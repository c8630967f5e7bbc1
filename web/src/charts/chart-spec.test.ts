import { expect, test } from 'vitest';

import { ColumnType } from '../generated/graphql.ts';
import { choicesFor, suggestSpec } from './chart-spec.ts';

const column = (name: string, type: ColumnType) => ({ __typename: 'Column' as const, name, type });

const COLUMNS = [
  column('id', ColumnType.TEXT),
  column('price', ColumnType.DECIMAL),
  column('seen', ColumnType.TIMESTAMP),
  column('day', ColumnType.DATE),
  column('count', ColumnType.INTEGER),
  column('details', ColumnType.JSON),
  column('open', ColumnType.BOOLEAN),
];

test('offers columns only for the roles that their types fit', () => {
  expect(choicesFor({ columns: COLUMNS })).toEqual({
    x: ['seen', 'day'],
    y: ['price', 'count'],
    groupBy: ['id', 'open'],
  });
});

test('suggests the time column of the dataset, else the first that fits', () => {
  const timeColumn = { __typename: 'Column' as const, name: 'day' };
  expect(suggestSpec({ columns: COLUMNS, timeColumn })).toEqual({
    x: 'day',
    y: 'price',
    measure: 'AVG',
    groupBy: null,
  });
  expect(suggestSpec({ columns: COLUMNS, timeColumn: null })?.x).toBe('seen');
});

test.each([
  ['a time', COLUMNS.filter(({ name }) => name !== 'seen' && name !== 'day')],
  ['a number', COLUMNS.filter(({ name }) => name !== 'price' && name !== 'count')],
])('suggests nothing without %s', (_missing, columns) => {
  expect(suggestSpec({ columns, timeColumn: null })).toBeUndefined();
});
