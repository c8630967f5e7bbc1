import { readName } from '@affluent/subgraph';

/** @throws {DomainError} BAD_USER_INPUT for what cannot be the name of a passkey. */
export const readPasskeyName = (wanted: string): string =>
  readName(wanted, { what: 'The name of a passkey', maxLength: 80, reason: 'PASSKEY_NAME' });
