import {
  allowInsecureRequests,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
} from 'openid-client';
import { expect, test } from 'vitest';

import { askGraph, bearer, CLI, formToken, openBrowser, post, type Product } from './product.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export function deviceTests(product: () => Product): void {
  const ask = async () => {
    const { body } = await post(product(), '/device/auth', {
      client_id: CLI.clientId,
      scope: 'openid datasets:read',
    });
    return body as {
      readonly device_code: string;
      readonly user_code: string;
      readonly verification_uri: string;
      readonly verification_uri_complete: string;
    };
  };
  const poll = (device_code = '') =>
    post(product(), '/token', { grant_type: GRANT, client_id: CLI.clientId, device_code });

  test('a person types the code of a program into a browser, and openid-client gets the tokens', async () => {
    const { issuer, graph, account } = product();
    const options = { execute: [allowInsecureRequests] };
    const client = await discovery(new URL(issuer), CLI.clientId, undefined, None(), options);
    const parameters = { scope: 'openid datasets:read', resource: graph };
    const device = await initiateDeviceAuthorization(client, parameters);
    expect((await poll(device.device_code)).body.error).toBe('authorization_pending');

    const { visit } = openBrowser(product());
    const input = await visit(device.verification_uri);
    expect(input.body).not.toContain('<script');
    expect(input.headers.get('content-security-policy')).toContain("default-src 'none'");
    const form = { xsrf: formToken(input.body), user_code: device.user_code.toLowerCase() };
    const confirm = await visit(device.verification_uri, form);
    expect(confirm.body).toContain('Connect Affluent CLI?');
    expect(confirm.body).toContain(device.user_code);
    const again = { xsrf: formToken(confirm.body), user_code: device.user_code, confirm: 'yes' };
    const signIn = await visit(device.verification_uri, again);
    const consent = await visit(signIn.url, account);
    expect(consent.body).toContain('Allow Affluent CLI?');
    const done = await visit(`${consent.url.href}/consent`, { answer: 'allow' });
    expect(done.body).toContain('Your device is connected');

    const tokens = await pollDeviceAuthorizationGrant(client, { ...device, interval: 0.01 });
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(200);
    expect((await poll(device.device_code)).body.error).toBe('invalid_grant');
    expect((await askGraph(product(), bearer(tokens.access_token))).status).toBe(401);
  });

  test('a link with the code shows it in the form, in the language of the browser', async () => {
    const { verification_uri_complete, user_code } = await ask();
    const { body } = await openBrowser(product(), 'fr').visit(verification_uri_complete);
    expect(body).toContain('<h1>Connecter un appareil</h1>');
    expect(body).toContain(`value="${user_code}"`);
    expect(body).not.toContain('<script');
  });

  test('a wrong code is reported, and cancelling reaches the program', async () => {
    const { device_code, user_code, verification_uri } = await ask();
    const { visit } = openBrowser(product());
    const input = await visit(verification_uri);
    const wrong = await visit(verification_uri, {
      xsrf: formToken(input.body),
      user_code: 'BBBB-<b>',
    });
    expect(wrong.body).toContain('role="alert"');
    expect(wrong.body).not.toContain('<b>');
    const cancelled = await visit(verification_uri, {
      xsrf: formToken(wrong.body),
      user_code: user_code,
      abort: 'yes',
    });
    expect(cancelled.body).toContain('The device was not connected');
    expect((await poll(device_code)).body.error).toBe('access_denied');
  });

  test("another site's form confirms nothing", async () => {
    const { device_code, user_code, verification_uri } = await ask();
    const { visit } = openBrowser(product());
    await visit(verification_uri);
    const { status } = await visit(verification_uri, { user_code: user_code, confirm: 'yes' });
    expect(status).toBe(400);
    expect((await poll(device_code)).body.error).toBe('authorization_pending');
  });
}
