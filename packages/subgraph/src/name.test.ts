import { expect, test } from 'vitest';

import { readName } from './name.ts';

const read = (text: string) =>
  readName(text, { what: 'The name of a boat', maxLength: 10, reason: 'WORKSPACE_NAME' });

test.each([
  ['  Ada  ', 'Ada'],
  ['Ame\u0301lie', 'Am\u00E9lie'],
  ['عبد الله', 'عبد الله'],
  ['🌊'.repeat(10), '🌊'.repeat(10)],
  ['I ❤\uFE0F Ada', 'I ❤\uFE0F Ada'],
])('%s is a name', (text, name) => {
  expect(read(text)).toBe(name);
});

const DIRECTION = 'changes the direction of text';
const INVISIBLE = 'is invisible';

test.each([
  ['a NUL', 'A\0a', 'U+0000', INVISIBLE],
  ['a line break', 'A\na', 'U+000A', INVISIBLE],
  ['a line separator', 'A\u2028a', 'U+2028', INVISIBLE],
  ['an override of the direction', 'A\u202Ea', 'U+202E', DIRECTION],
  ['an isolate', 'A\u2067a', 'U+2067', DIRECTION],
  ['a mark of the direction', 'A\u200Fa', 'U+200F', DIRECTION],
  ['a zero-width space', 'A\u200Ba', 'U+200B', INVISIBLE],
  ['a zero-width joiner', 'A\u200Da', 'U+200D', INVISIBLE],
  ['a byte order mark', 'A\uFEFFa', 'U+FEFF', INVISIBLE],
  ['a soft hyphen', 'A\u00ADa', 'U+00AD', INVISIBLE],
  ['a Hangul filler', '\u3164', 'U+3164', INVISIBLE],
  ['a blank Braille pattern', '\u2800', 'U+2800', INVISIBLE],
  ['a variation selector that shows nothing', 'Ada\uFE0F', 'U+FE0F', INVISIBLE],
  ['a tag character', 'A\u{E0041}', 'U+E0041', INVISIBLE],
  ['half of a character', 'A\uD83Da', 'U+D83D', INVISIBLE],
  ['a private character', 'A\uE000a', 'U+E000', INVISIBLE],
])('%s is refused, and named', (_, text, character, why) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      message: `The name of a boat cannot contain ${character}, which ${why}.`,
    }),
  );
});

test.each(['', ' \t ', 'x'.repeat(11)])('%j has the wrong length', (text) => {
  expect(() => read(text)).toThrow('The name of a boat has 1 to 10 characters.');
});
