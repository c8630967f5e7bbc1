import { expect, test } from 'vitest';

import { readConfig } from './config.ts';

const read = (SUBGRAPH_URLS: string) =>
  readConfig({
    PUBLIC_URL: 'http://affluent.example',
    USERS_URL: 'http://127.0.0.1:4001',
    DATASETS_URL: 'http://127.0.0.1:4002',
    INSIGHTS_URL: 'http://127.0.0.1:4003',
    SESSION_KEY: Buffer.alloc(32).toString('base64url'),
    GATEWAY_CLIENT_SECRET: 'x'.repeat(32),
    SUBGRAPH_URLS,
  });

test('SUBGRAPH_URLS names further subgraphs by their origins', () => {
  expect(read('{"reviews": "https://reviews.example/"}').SUBGRAPH_URLS).toEqual({
    reviews: 'https://reviews.example',
  });
});

test.each([
  ['reviews', 'must be JSON'],
  ['{"reviews": "reviews.example"}', 'must be an http or https URL'],
  ['{"reviews": "https://example.com/reviews"}', 'must have no path'],
  ['{"users": "https://users.example"}', 'must not name users'],
])('SUBGRAPH_URLS=%s is refused', (value, why) => {
  expect(() => read(value)).toThrow(new RegExp(`SUBGRAPH_URLS.*${why}`, 's'));
});
