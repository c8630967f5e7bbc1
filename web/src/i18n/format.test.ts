import { expect, test } from 'vitest';

import { createFormat } from './format.ts';

test.each([
  ['en', '9007199254740993', '9,007,199,254,740,993'],
  ['en', '-12.50', '-12.5'],
  ['en', '12345678901234567890.123456789', '12,345,678,901,234,567,890.123456789'],
  ['en', '1e+21', '1,000,000,000,000,000,000,000'],
  ['fr', '9007199254740993.25', '9 007 199 254 740 993,25'],
])('in %s %s is written with every digit', (locale, value, written) => {
  expect(createFormat(locale).exact(value).replaceAll(/\s/g, ' ')).toBe(written);
});

test.each([
  ['3.3333333333333333', '3.33333'],
  ['0.000123456789', '0.000123457'],
  ['9007199254740993.4', '9,007,199,254,740,993'],
])('the computed number %s is rounded, but not above its decimal point', (value, written) => {
  expect(createFormat('en').rounded(value)).toBe(written);
});

test.each([
  ['en', '2024-05-06T07:08:09.123456Z', '09.123456 '],
  ['en', '2024-05-06T07:08:09.120Z', '09.12 '],
  ['en', '2024-05-06T07:08:09.000Z', '09 '],
  ['fr', '2024-05-06T07:08:09.000001Z', '09,000001'],
])('in %s the instant %s keeps the fraction of its second', (locale, instant, seconds) => {
  const written = createFormat(locale).instant(instant).replaceAll(/\s/g, ' ');
  expect(
    written
      .replace(/[AP]M$/, '')
      .split(':')
      .at(-1),
  ).toBe(seconds);
});
