import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';

import en from '../i18n/en.json' with { type: 'json' };
import fr from '../i18n/fr.json' with { type: 'json' };
import { describeScopes, SCOPES } from './describe-scopes.ts';

async function words(language: string): Promise<TFunction> {
  const i18n = createInstance();
  return i18n.init({
    lng: language,
    resources: { en: { translation: en }, fr: { translation: fr } },
  });
}

test('scopes are described once each and in a fixed order', async () => {
  const t = await words('en');
  const asked = ['offline_access', 'datasets:write', 'openid', 'datasets:read', 'datasets:write'];
  expect(describeScopes(asked, t)).toEqual([
    'know who you are',
    'read your datasets',
    'import and append data',
    'access your data while you are signed out',
  ]);
});

test('an unknown scope is returned unchanged, and no scopes give no words', async () => {
  const t = await words('en');
  expect(describeScopes(['dashboards:write', 'profile'], t)).toEqual([
    'see your name and e-mail address',
    'dashboards:write',
  ]);
  expect(describeScopes([], t)).toEqual([]);
});

test.each(['en', 'fr'])('every scope has words of its own in %s', async (language) => {
  const said = describeScopes(SCOPES, await words(language));
  expect(new Set(said).size).toBe(SCOPES.length);
  expect(said.filter((text) => text.includes(':') || text.includes('scopes.'))).toEqual([]);
});
