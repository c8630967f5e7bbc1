import fc from 'fast-check';
import { expect, test } from 'vitest';

import { localPath } from './index.ts';

test.each([
  ['/datasets/1?tab=rows#top', '/datasets/1?tab=rows#top'],
  ['/a/../b', '/b'],
  ['/search?q=//evil.example', '/search?q=//evil.example'],
  ['/100%25', '/100%25'],
])('%s leads to %s', (wanted, path) => {
  expect(localPath(wanted)).toBe(path);
});

test.each([
  'https://evil.example/phish',
  '//evil.example/phish',
  '/.//evil.example/phish',
  '/a/..//evil.example/phish',
  '/%2e//evil.example/phish',
  '/.%2E//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'http://here.invalid//evil.example',
  'http://[',
  undefined,
  ['/a'],
])('%j leads home', (wanted) => {
  expect(localPath(wanted)).toBe('/');
});

/** Pieces that parsers of addresses disagree about. */
const PIECES = [
  '/',
  '//',
  '\\',
  '.',
  '..',
  '%2e',
  '%2E%2e',
  '%2f',
  '%5c',
  '\t',
  '\n',
  ' ',
  '@',
  ':',
  '?',
  '#',
  ';',
  'a',
  'evil.example',
  'http:',
  'javascript:',
];

test('whatever is asked for, a browser stays on the origin that it is on', () => {
  const address = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(
      address,
      fc.constantFrom('https://affluent.example', 'http://localhost:4000'),
      (wanted, origin) => {
        const path = localPath(wanted);
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, origin).origin).toBe(origin);
        expect(localPath(path)).toBe(path);
      },
    ),
    { numRuns: 5_000 },
  );
});
