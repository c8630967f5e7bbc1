import { globSync, readFileSync } from 'node:fs';

import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { createInstance, type i18n } from 'i18next';
import { expect, test } from 'vitest';

import en from '../i18n/en.json' with { type: 'json' };
import fr from '../i18n/fr.json' with { type: 'json' };
import { errorMessage } from './use-error-message.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const sourceOf = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

const ERRORS = 'packages/subgraph/src/errors.ts';

/** The members of a union of text. */
function membersOf(union: string, path = ERRORS): string[] {
  const [, members = ''] = new RegExp(`type ${union} =([^;]+);`).exec(sourceOf(path)) ?? [];
  return [...members.matchAll(/'([A-Z\d_]+)'/g)].map(([, member = '']) => member);
}

/** Codes in the source of the gateway and the shared packages, and those of Apollo Server. */
function codesOfServers(): string[] {
  const paths = globSync('{gateway,packages/service,packages/subgraph}/src/**/*.ts', { cwd: ROOT });
  const codes = paths
    .filter((path) => !path.includes('.test.'))
    .flatMap((path) => [
      ...sourceOf(path).matchAll(/\bcode: '([A-Z\d_]+)'|CLIENT_GONE = '([A-Z\d_]+)'/g),
    ])
    .map(([, code, other]) => code ?? other ?? '');
  return [...codes, 'GRAPHQL_PARSE_FAILED', 'METHOD_NOT_ALLOWED', 'UNAUTHORIZED_FIELD_OR_TYPE'];
}

async function speaking(language: string): Promise<i18n> {
  const instance = createInstance();
  await instance.init({
    lng: language,
    fallbackLng: false,
    resources: { en: { translation: en }, fr: { translation: fr } },
    interpolation: { escapeValue: false },
  });
  return instance;
}

const failed = (code: string, reason?: string): CombinedGraphQLErrors =>
  new CombinedGraphQLErrors({
    errors: [{ message: 'The server says.', extensions: { code, ...(reason && { reason }) } }],
  });

test('both languages have words for every code that a server sends', () => {
  const codes = new Set([...membersOf('ErrorCode'), ...codesOfServers()]);
  expect([...codes]).toEqual(expect.arrayContaining(['CONFLICT', 'COST_TOO_HIGH', 'CLIENT_GONE']));
  for (const words of [en, fr])
    expect([...codes].filter((code) => !Object.hasOwn(words.errors, code))).toEqual([]);
});

test('both languages have words for every reason, and none for a reason that is gone', () => {
  const reasons = membersOf('ErrorReason');
  expect(reasons).toContain('LAST_OWNER');
  for (const words of [en, fr])
    expect(Object.keys(words.errorReasons).toSorted()).toEqual(reasons.toSorted());
});

test('both languages have words for every reason why an import fails', () => {
  const path = 'subgraphs/datasets/src/imports/import-failure.ts';
  const codes = membersOf('ImportFailureCode', path);
  expect(codes).toContain('EMPTY_FILE');
  for (const words of [en, fr])
    expect(Object.keys(words.importErrors).toSorted()).toEqual(codes.toSorted());
});

test('a reason has words of its own, without the message of the server', async () => {
  const error = failed('CONFLICT', 'LAST_OWNER');
  expect(errorMessage(error, await speaking('en'))).toBe(en.errorReasons.LAST_OWNER);
  expect(errorMessage(error, await speaking('fr'))).toBe(fr.errorReasons.LAST_OWNER);
});

test.each([
  ['CONFLICT', undefined, 'Ceci est en conflit avec l’état actuel : The server says.'],
  ['CONFLICT', 'OF_A_NEWER_SERVER', 'Ceci est en conflit avec l’état actuel : The server says.'],
  ['NOT_FOUND', undefined, fr.errors.NOT_FOUND],
  ['OF_A_NEWER_SERVER', undefined, 'La requête a été rejetée : The server says.'],
])('code %s with reason %s: %s', async (code, reason, words) => {
  expect(errorMessage(failed(code, reason), await speaking('fr'))).toBe(words);
});
