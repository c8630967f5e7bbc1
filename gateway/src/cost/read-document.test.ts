import { getIntrospectionQuery, GraphQLError } from 'graphql';
import { expect, test } from 'vitest';

import { SHAPE_LIMITS } from './limits.ts';
import { createDocumentReader } from './read-document.ts';

const read = createDocumentReader(SHAPE_LIMITS);
const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

/** The code and message it is refused with. A document whose reading is not bounded runs into the test's time limit. */
function refusal(text: string): string | undefined {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return `${String(error.extensions.code)}: ${error.message}`;
  }
  return undefined;
}

const doubling = (last: string): string =>
  `{ a { ...F0 } } ${times(30, (i) => `fragment F${i} on A { ...F${i + 1} ...F${i + 1} }`)} ${last}`;

test.each([
  [
    'fragments that each spread the next one twice',
    doubling('fragment F30 on A { id }'),
    '3,221,225,472 fields and fragments; 500 are',
  ],
  [
    'such fragments with nothing at their end',
    doubling(''),
    '2,147,483,648 fields and fragments; 500 are',
  ],
  [
    'such fragments, three hundred',
    `{ ...F0 } ${times(300, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)}`,
    '301 levels of braces; 40 are',
  ],
  [
    'fragments that are never spread',
    `{ a } ${times(501, (i) => `fragment F${i} on A { id }`)}`,
    '501 fields and fragments; 500 are',
  ],
  [
    'fields below each other',
    `${'{ a '.repeat(21)}${'}'.repeat(21)}`,
    '21 levels of fields; 20 are',
  ],
  [
    'fragments within each other',
    `{ a ${'{ ... '.repeat(40)} { id } ${'}'.repeat(41)}`,
    '42 levels of braces; 40 are',
  ],
  [
    'root fields',
    `{ ...Q } fragment Q on Query { ${times(21, (i) => `f${i}`)} }`,
    '21 root fields; 20 are',
  ],
  [
    'deferred fragments',
    `{ a { ${times(3, () => '...F')} } } fragment F on A { ${times(7, () => '... @defer { id }')} }`,
    '21 deferred fragments; 20 are',
  ],
  ['aliases', `{ a { ${times(51, (i) => `a${i}: id`)} } }`, '51 aliases; 50 are'],
  ['fields', `{ a { ${times(500, (i) => `f${i}`)} } }`, '501 fields and fragments; 500 are'],
  [
    'repeated fields',
    `{ a { ${'id '.repeat(64)} } }`,
    '2,016 pairs of fields under one name; 2,000 are',
  ],
  [
    'repeated fields through fragments',
    `{ q { ${'a { ...F } '.repeat(25)} } } fragment F on A { id ...G } fragment G on A { id name { x } }`,
    '2,125 pairs of fields under one name; 2,000 are',
  ],
  ['directives', '{ a @b @b @b @b @b }', '5 directives in one place; 4 are'],
])('%s', (_case, text, excess) => {
  expect(refusal(text)).toBe(`OPERATION_TOO_COMPLEX: The operation has ${excess} allowed.`);
});

test.each([
  [
    'a text of a megabyte',
    `{ a(b: "${'x'.repeat(2 ** 20)}") }`,
    'OPERATION_TOO_COMPLEX: The document has 1,048,588 characters; 65,536 are allowed.',
  ],
  ['100,000 aliases', `{ ${times(100_000, (i) => `a${i}: b`)} }`, 'characters; 65,536 are allowed'],
  ['many short tokens', '{ a '.repeat(2_001), 'OPERATION_TOO_COMPLEX: '],
  ['10,000 levels', `${'{a'.repeat(10_000)}${'}'.repeat(10_000)}`, 'OPERATION_TOO_COMPLEX: '],
  ['10,000 brackets', `{ a(b: ${'['.repeat(10_000)}`, 'OPERATION_TOO_COMPLEX: '],
  [
    '10,000 variables',
    `query (${times(8_000, (i) => `$v${i}:I`)}) { a }`,
    'OPERATION_TOO_COMPLEX: ',
  ],
  ['4,000 directives', `{ a ${'@b '.repeat(4_000)} }`, 'OPERATION_TOO_COMPLEX: '],
  [
    'fragments in a circle',
    '{ ...A } fragment A on Q { a { ...B } } fragment B on Q { ...A }',
    'GRAPHQL_VALIDATION_FAILED: The fragment "A" spreads itself.',
  ],
  [
    'a circle that nothing leads to',
    '{ a } fragment A on Q { ...A }',
    'GRAPHQL_VALIDATION_FAILED: The fragment "A" spreads itself.',
  ],
  ['a mistake', '{ a', 'GRAPHQL_PARSE_FAILED: Syntax Error: Expected Name, found <EOF>.'],
])('%s: refused', (_case, text, message) => {
  expect(refusal(text)).toContain(message);
});

test('the introspection query of tools is allowed', () => {
  const full = getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  expect(refusal(full)).toBeUndefined();
});

test('the same text gives the same document, and an error the place of the mistake', () => {
  expect(read('{ a { b } }')).toBe(read('{ a { b } }'));
  expect(() => read('{\n a( }')).toThrow(
    expect.objectContaining({ locations: [{ line: 2, column: 5 }] }),
  );
});
