import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { boundaryProblems } from './boundary-fields.ts';

const problemsOf = (subgraphs: Record<string, string>) =>
  boundaryProblems(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, document: parse(sdl) })),
  );

test('what crosses from one subgraph to another must be nullable; what stays inside need not', () => {
  const problems = problemsOf({
    shop: `
      type Query { product: Product all: [Product!]! }
      type Mutation { rename: Product! }
      type Product @key(fields: "id") { id: ID! name: String! box: Box! }
      type Box { width: Int! maker: Maker }`,
    reviews: `
      type Query { latest: [Review!] }
      type Review { text: String! about: Product! others: [Product!] same: [Product] }
      type Product @key(fields: "id") { id: ID! name: String! @external stars: Int! reviews: [Review!] }
      type Maker @key(fields: "id") { id: ID! name: String! }`,
  });
  expect(problems.map((problem) => problem.split(' must')[0])).toEqual([
    'Query.all (shop)',
    'Review.about (reviews)',
    'Review.others (reviews)',
    'Product.stars (reviews)',
  ]);
});
