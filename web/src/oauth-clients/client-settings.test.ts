import { expect, test } from 'vitest';

import { EMPTY_SETTINGS, findNoAddress, inputOf, settingsOf } from './client-settings.ts';

test('what is loaded into the form is sent unchanged when nothing is edited', () => {
  const client = {
    __typename: 'OAuthClient' as const,
    id: 'i',
    clientId: 'c',
    name: 'River watch',
    type: 'CONFIDENTIAL' as const,
    redirectUris: ['https://a.example/cb', 'https://b.example/cb'],
    postLogoutRedirectUris: [],
    logoUri: null,
    logoPath: null,
    scopes: ['profile', 'datasets:read'],
    clientCredentials: true,
    createdAt: '2024-01-01T00:00:00.000Z',
  };
  const { name, redirectUris, postLogoutRedirectUris, logoUri, scopes, clientCredentials } = client;
  expect(inputOf(settingsOf(client))).toEqual({
    name,
    redirectUris,
    postLogoutRedirectUris,
    logoUri,
    scopes,
    clientCredentials,
  });
});

test('blank lines, Windows line ends and surrounding spaces are not part of a URL', () => {
  const redirectUris = ' https://a.example/cb \r\n\r\n\thttps://b.example/cb\n';
  expect(inputOf({ ...EMPTY_SETTINGS, redirectUris, logoUri: '  ' })).toMatchObject({
    redirectUris: ['https://a.example/cb', 'https://b.example/cb'],
    logoUri: null,
  });
});

test('a public client never gets client credentials, though the box was ticked before its type changed', () => {
  const settings = { ...EMPTY_SETTINGS, clientCredentials: true };
  expect(inputOf(settings).clientCredentials).toBe(true);
  expect(inputOf({ ...settings, type: 'PUBLIC' }).clientCredentials).toBe(false);
});

test('finds the first line that is not an absolute URL', () => {
  expect(findNoAddress('https://a.example\nb.example/cb\n/cb')).toBe('b.example/cb');
  expect(findNoAddress('https://a.example\n\ncom.example.app:/cb')).toBeUndefined();
});
