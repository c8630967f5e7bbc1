import { createAuthenticator } from './authenticator.ts';
import type { Person } from './people.ts';

export interface PasskeyAnswer {
  readonly id: string;
  readonly name: string;
  readonly isBackedUp: boolean;
  readonly lastUsedAt: string | null;
}

/** What the tests read of the options; the rest is the browser's. */
export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
  readonly attestation: string;
  readonly authenticatorSelection: object;
  readonly excludeCredentials: readonly object[];
}

export async function startRegistration({ client }: Pick<Person, 'client'>) {
  const { startPasskeyRegistration } = await client.query<{
    startPasskeyRegistration: { options: CreationOptions };
  }>('mutation { startPasskeyRegistration { options } }');
  return startPasskeyRegistration.options;
}

const FINISH = `mutation ($name: String!, $response: JSONObject!) {
  finishPasskeyRegistration(input: { name: $name, response: $response }) {
    passkey { id name isBackedUp lastUsedAt } } }`;

/** @throws {GraphError} when it is refused. */
export async function finishRegistration(
  { client }: Pick<Person, 'client'>,
  response: object,
  name = 'Laptop',
): Promise<PasskeyAnswer> {
  const { finishPasskeyRegistration } = await client.query<{
    finishPasskeyRegistration: { passkey: PasskeyAnswer };
  }>(FINISH, { name, response });
  return finishPasskeyRegistration.passkey;
}

/** A new device of a person, with a passkey. */
export async function addPasskey(person: Person, origin: string, name?: string) {
  const device = createAuthenticator(origin);
  const options = await startRegistration(person);
  const passkey = await finishRegistration(person, device.register(options), name);
  return { device, passkey };
}

export async function passkeysOf({ client }: Pick<Person, 'client'>): Promise<PasskeyAnswer[]> {
  const { viewer } = await client.query<{ viewer: { passkeys: PasskeyAnswer[] } }>(
    '{ viewer { passkeys { id name isBackedUp lastUsedAt } } }',
  );
  return viewer.passkeys;
}
