import { execFileSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { ColumnType } from '../generated/graphql.ts';
import { appendCommand } from './append-command.ts';

const URL = 'https://affluent.example/graphql';

/** Names that a shell or JSON would change if they were not quoted. */
const NAMES = [
  "it's",
  '"quoted"',
  '$HOME',
  'back`tick`',
  String.raw`back\slash`,
  'two\nlines',
  'é',
];

const datasetOf = (columns: readonly { readonly name: string; readonly type: ColumnType }[]) => ({
  __typename: 'Dataset' as const,
  id: 'd',
  name: 'Readings',
  rowCount: 0,
  updatedAt: '2024-01-01T00:00:00.000Z',
  columns: columns.map((column) => ({
    __typename: 'Column' as const,
    nullable: false,
    ...column,
  })),
});

/** Runs a command with a `curl` that prints some of its arguments, each followed by a bar. */
const argumentsOf = (command: string, places: string): string =>
  execFileSync('sh', ['-c', `curl() { printf '%s|' ${places}; }\n${command}`], {
    encoding: 'utf8',
    env: { ...process.env, AFFLUENT_TOKEN: 'secret' },
  });

test('a shell passes on every column name unchanged, with a value of the right type', () => {
  const types = Object.values(ColumnType);
  const dataset = datasetOf([
    ...NAMES.map((name) => ({ name, type: ColumnType.TEXT })),
    ...types.map((type) => ({ name: type, type })),
  ]);
  const body = argumentsOf(appendCommand(dataset, URL), '"$7"').slice(0, -1);

  const { query, variables } = JSON.parse(body);
  expect(query).toMatch(/^mutation Append\(/);
  expect(variables.input.datasetId).toBe('d');
  const [point] = variables.input.points;
  expect(Object.keys(point)).toEqual([...NAMES, ...types]);
  expect(point).toMatchObject({ BOOLEAN: true, INTEGER: 1, DECIMAL: 1.5, FLOAT: 1.5, JSON: {} });
  expect(point.DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(point.TIMESTAMP).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test('the token is read from the environment', () => {
  expect(argumentsOf(appendCommand(datasetOf([]), URL), '"$1" "$3" "$5"')).toBe(
    `${URL}|authorization: Bearer secret|content-type: application/json|`,
  );
});
