/** @param body - of the request, as JSON. */
type Attack = readonly [name: string, code: string, body: string];

const times = (count: number, write: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

/** Fragments that each spread the next one twice. */
const doubling = (count: number, between: (spread: string) => string): string =>
  times(
    count,
    (index) =>
      `fragment F${index} on User { ${index + 1 < count ? between(`...F${index + 1}`) : 'id'} }`,
  );

const refusedAs =
  (code: string) =>
  (name: string, query: string, variables = '{}'): Attack => [
    name,
    code,
    `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  ];
const tooComplex = refusedAs('OPERATION_TOO_COMPLEX');
const invalid = refusedAs('GRAPHQL_VALIDATION_FAILED');
const badInput = refusedAs('BAD_USER_INPUT');

/** Operations that are small to send and expensive to answer or to validate. */
export const attacks: readonly Attack[] = [
  tooComplex(
    '21 fragments that each spread the next one twice',
    `{ viewer { ...F0 } } ${doubling(21, (next) => `${next} ${next}`)}`,
  ),
  tooComplex(
    '21 fragments that each spread the next one twice, a level below',
    `{ viewer { ...F0 } } ${doubling(21, (next) => `a: memberships { user { ${next} } } b: memberships { user { ${next} } }`)}`,
  ),
  tooComplex(
    'fragments that double and end nowhere',
    `{ viewer { ...F0 } } ${times(38, (i) => `fragment F${i} on User { ...F${i + 1} ...F${i + 1} }`)}`,
  ),
  invalid(
    'fragments in a circle',
    '{ viewer { ...A } } fragment A on User { id ...B } fragment B on User { ...A }',
  ),
  tooComplex('fragments in a chain', `{ viewer { ...F0 } } ${doubling(400, (next) => next)}`),
  tooComplex('10,000 levels', `${'{ viewer '.repeat(10_000)}${'}'.repeat(10_000)}`),
  tooComplex(
    '900 levels',
    `{ viewer ${'{ memberships { user '.repeat(450)}{ id }${'} }'.repeat(450)} }`,
  ),
  tooComplex('levels of fragments', `{ viewer ${'{ ... '.repeat(600)}{ id }${' }'.repeat(601)}`),
  tooComplex('10,000 brackets', `{ dataset(id: ${'['.repeat(10_000)}`),
  tooComplex('100,000 aliases', `{ ${times(100_000, (i) => `a${i}: viewer { id }`)} }`),
  tooComplex('100 aliases', `{ viewer { ${times(100, (i) => `a${i}: memberships { role }`)} } }`),
  tooComplex('root fields', `{ ${times(40, (i) => `a${i}: viewer { id }`)} }`),
  tooComplex('a field again and again', `{ viewer { ${'id '.repeat(450)} } }`),
  tooComplex(
    'fields to be merged',
    `{ viewer { ${'memberships { workspace { name } } '.repeat(120)} } }`,
  ),
  tooComplex(
    'fields with other arguments to be merged',
    `{ viewer { ${times(100, (i) => `auditEvents(first: ${i + 1}) { edges { node { id } } }`)} } }`,
  ),
  tooComplex(
    'many fields with many fragments',
    `{ viewer { ${`memberships { ${times(20, (i) => `...F${i}`)} } `.repeat(20)} } }
      ${times(20, (i) => `fragment F${i} on Membership { user { id } workspace { id } }`)}`,
  ),
  tooComplex(
    'many operations with one large fragment',
    `${times(100, (i) => `query Q${i} { ...F }`)} fragment F on Query { viewer { ${times(40, (i) => `a${i}: id`)} } }`,
  ),
  tooComplex(
    'a directive again and again',
    `{ viewer { id ${'@include(if: true) '.repeat(600)} } }`,
  ),
  tooComplex('many directives', `{ viewer { id ${times(1_000, (i) => `@d${i}`)} } }`),
  tooComplex('many variables', `query (${times(10_000, (i) => `$v${i}: Int`)}) { viewer { id } }`),
  invalid(
    'variables that are never used',
    `query (${times(900, (i) => `$v${i}: Int`)}) { viewer { id } }`,
  ),
  invalid('fields that do not exist', `{ viewer { ${times(480, (i) => `displayNam${i}`)} } }`),
  invalid(
    'arguments that do not exist',
    `{ viewer { auditEvents(${times(1_200, (i) => `firs${i}: 1`)}) { edges { cursor } } } }`,
  ),
  tooComplex('a long text', `{ dataset(id: "${'x'.repeat(1_000_000)}") { id } }`),
  tooComplex('many comments', `${'#\n'.repeat(200_000)}{ viewer { id } }`),
  tooComplex(
    'variables nested in each other',
    'mutation ($r: JSONObject!) { finishPasskeyRegistration(input: { name: "a", response: $r }) { passkey { id } } }',
    `{"r":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  ),
  badInput(
    'a list of wrong values',
    'mutation ($p: [JSONObject!]!) { appendDataPoints(input: { datasetId: "1", points: $p }) { cursor } }',
    `{"p":[${'null,'.repeat(100_000)}null]}`,
  ),
];
