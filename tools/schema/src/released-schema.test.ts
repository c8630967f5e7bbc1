import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { compose } from '@affluent/federation-cases';
import { afterEach, expect, test } from 'vitest';

import { acceptChanges, releaseSchema, schemaProblems } from './released-schema.ts';

const SHOP = {
  books: `type Query { book(id: ID!): Book  books(order: Order): [Book!]! }
    type Mutation { add(input: BookInput!): Book }
    enum Order { TITLE YEAR }
    input BookInput { title: String! }
    type Book @key(fields: "id") { id: ID! title: String! year: Int @authenticated isbn: String }`,
  reviews: `type Book @key(fields: "id") { id: ID! stars: Int }`,
};

const README = `# Shop
\`\`\`sh
curl /graphql -d '{"query":"mutation ($input: BookInput!) { add(input: $input) { id } }", "variables": {}}'
\`\`\`
\`\`\`graphql
query Year { book(id: 1) { year } }
\`\`\`
`;

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** A repository with this graph, released. */
async function releaseShop() {
  const folder = await mkdtemp(join(tmpdir(), 'affluent-released-'));
  folders.push(folder);
  const root = pathToFileURL(`${folder}/`);
  const write = async (path: string, content: string): Promise<void> => {
    const file = fileURLToPath(new URL(path, root));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  };
  const changeTo = async (subgraphs: Readonly<Record<string, string>>): Promise<void> => {
    const { supergraphSdl, errors } = compose(subgraphs);
    await write('supergraph.graphql', supergraphSdl ?? String(errors));
  };
  await write('README.md', README);
  await write('docs/pages/list.md', '```graphql\nquery List { books(order: TITLE) { id } }\n```\n');
  await write('demo/src/main.ts', 'const A = /* documented operation */ `{ book(id: 2) { id } }`;');
  await write(
    'web/src/generated/persisted-documents.json',
    '{"sha256:1": "query Titles { books { title } }"}',
  );
  await write('released/accepted-changes.json', '{}');
  await changeTo(SHOP);
  await releaseSchema(root);
  return { root, write, changeTo };
}

/** The shop with one text replaced. */
const shopWith = (from: string, to: string) => ({
  ...SHOP,
  books: SHOP.books.replace(from, to),
});

test('additions and looser rules break nothing', async () => {
  const { root, changeTo } = await releaseShop();
  await changeTo(shopWith('isbn: String', 'isbn: String! pages: Int'));
  expect(await schemaProblems(root)).toEqual([]);
  await changeTo(shopWith('year: Int @authenticated', 'year: Int'));
  expect(await schemaProblems(root)).toEqual([]);
});

test.each([
  [
    'a removed field that no operation uses',
    ['isbn: String', ''],
    ["Field 'isbn' was removed from object type 'Book'. No known operation uses it"],
  ],
  [
    'a field that has become nullable',
    ['title: String! year', 'title: String year'],
    [
      "Field 'Book.title' changed type from 'String!' to 'String'. It breaks web client: Titles; released web client: Titles",
    ],
  ],
  [
    'an input field that has become required',
    ['title: String! }', 'title: String! isbn: String! }'],
    [
      "Input field 'isbn' of type 'String!' was added to input object type 'BookInput'. It breaks README.md: add",
    ],
  ],
  [
    'an argument that has become required',
    ['book(id: ID!)', 'book(id: ID! lang: String!)'],
    [
      'README.md: Year: Field "book" argument "lang" of type "String!" is required, but it was not provided.',
      'demo/src/main.ts: book: Field "book" argument "lang" of type "String!" is required, but it was not provided.',
      "Argument 'lang: String!' added to field 'Query.book'. It breaks README.md: Year; demo/src/main.ts: book",
    ],
  ],
  [
    'a removed enum value that an operation names',
    ['TITLE', 'NAME'],
    [
      'docs/pages/list.md: List: Value "TITLE" does not exist in "Order" enum.',
      "Enum value 'TITLE' was removed from enum 'Order'. It breaks docs/pages/list.md: List",
    ],
  ],
  [
    'a scope that has become required',
    ['@authenticated', '@requiresScopes(scopes: [["years"]])'],
    [`Field 'Book.year' requires "years". It breaks README.md: Year`],
  ],
])('%s breaks', async (_case, [from = '', to = ''], problems) => {
  const { root, changeTo } = await releaseShop();
  await changeTo(shopWith(from, to));
  expect(await schemaProblems(root)).toEqual(problems);
});

test('a removed key breaks the running gateway, although clients do not see it', async () => {
  const { root, changeTo } = await releaseShop();
  await changeTo({
    books: SHOP.books.replace('@key(fields: "id")', '@key(fields: "isbn")'),
    reviews: 'type Book @key(fields: "isbn") { isbn: String stars: Int }',
  });
  const lost = (name: string) =>
    `Subgraph ${name}: 'Book' has no @key(fields: "id") any more. The gateway that runs the release needs it`;
  expect(await schemaProblems(root)).toEqual([
    lost('books'),
    "Subgraph reviews: Field 'id' was removed from object type 'Book'. The gateway that runs the release needs it",
    lost('reviews'),
  ]);
});

test('an accepted change passes until the next breaking change; a release clears the list', async () => {
  const { root, changeTo, write } = await releaseShop();
  await changeTo(shopWith('isbn: String', ''));
  await acceptChanges(root, 'It had no users.');
  expect(await schemaProblems(root)).toEqual([]);
  await changeTo(shopWith('year: Int @authenticated isbn: String', ''));
  expect(await schemaProblems(root)).toHaveLength(2);
  await write('README.md', '');
  await releaseSchema(root);
  expect(await schemaProblems(root)).toEqual([]);
  await changeTo(SHOP);
  expect(await schemaProblems(root)).toEqual([]);
});

test('the web client’s current operations must be valid; those of the last release are named in what breaks them', async () => {
  const { root, write, changeTo } = await releaseShop();
  await changeTo(shopWith('title: String! year', 'name: String! year'));
  await write(
    'web/src/generated/persisted-documents.json',
    '{"a": "query Titles { books { name } }"}',
  );
  expect(await schemaProblems(root)).toEqual([
    "Field 'title' was removed from object type 'Book'. It breaks released web client: Titles",
  ]);
  await write(
    'web/src/generated/persisted-documents.json',
    '{"a": "query Titles { books { x } }"}',
  );
  expect(await schemaProblems(root)).toContain(
    'web client: Titles: Cannot query field "x" on type "Book".',
  );
});
