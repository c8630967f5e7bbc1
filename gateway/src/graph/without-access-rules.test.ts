import { compose } from '@affluent/federation-cases';
import { ApolloGateway } from '@apollo/gateway';
import { expect, test } from 'vitest';

import { withoutAccessRules } from './without-access-rules.ts';

const { supergraphSdl = '' } = compose({
  a: 'type Query { a: A @authenticated } type A @requiresScopes(scopes: [["a"]]) { b: Int }',
});

/** What @apollo/gateway says when it starts on it; nothing when it does. */
async function complaint(sdl: string): Promise<string> {
  const gateway = new ApolloGateway({ supergraphSdl: sdl });
  return gateway.load().then(
    async () => {
      await gateway.stop();
      return '';
    },
    (error: unknown) => String(error),
  );
}
const UNSUPPORTED = /for: SECURITY but is unsupported/;

test('the gateway starts on a supergraph with access rules only without them', async () => {
  expect(await complaint(supergraphSdl)).toMatch(UNSUPPORTED);
  expect(withoutAccessRules(supergraphSdl)).not.toMatch(/authenticated|requiresScopes/);
  expect(await complaint(withoutAccessRules(supergraphSdl))).toBe('');
});

test.each([
  ['under another name', '/v0.1", for: SECURITY', '/v0.1", as: "auth", for: SECURITY'],
  ['of another version', 'authenticated/v0.1', 'authenticated/v0.2'],
  ['that nobody enforces', 'requiresScopes/v0.1', 'policy/v0.1'],
])('it does not start on a rule %s', async (_case, from, to) => {
  expect(await complaint(withoutAccessRules(supergraphSdl.replace(from, to)))).toMatch(UNSUPPORTED);
});
