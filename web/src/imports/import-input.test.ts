import { expect, test } from 'vitest';

import { EMPTY_FORM, importInput, nameOfFile } from './import-input.ts';

test('names a dataset after its file', () => {
  expect(nameOfFile('seattle-weather.csv')).toBe('seattle-weather');
  expect(nameOfFile('events.2024.ndjson.gz')).toBe('events.2024');
  expect(nameOfFile('.csv')).toBe('.csv');
});

test('omits options that are detected from the file', () => {
  const values = { ...EMPTY_FORM, name: ' stocks ' };
  expect(importInput(values, { workspaceId: 'w', datasetId: undefined })).toEqual({
    workspaceId: 'w',
    name: 'stocks',
    mode: 'CREATE',
  });
});

test('sends CSV options for files that may be CSV only', () => {
  const values = { ...EMPTY_FORM, name: 'a', delimiter: ';', header: 'no' } as const;
  const target = { workspaceId: 'w', datasetId: undefined };
  expect(importInput(values, target).csv).toEqual({ delimiter: ';', header: false });
  expect(importInput({ ...values, format: 'JSON' }, target)).not.toHaveProperty('csv');
});

test('imports into a dataset by the chosen mode', () => {
  const values = { ...EMPTY_FORM, mode: 'REPLACE' } as const;
  expect(importInput(values, { workspaceId: 'w', datasetId: 'd' })).toMatchObject({
    datasetId: 'd',
    mode: 'REPLACE',
  });
});
