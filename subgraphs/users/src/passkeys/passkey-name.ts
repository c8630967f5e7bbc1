import { DomainError } from '@affluent/subgraph';

/** @throws {DomainError} BAD_USER_INPUT for what cannot be the name of a passkey. */
export function readPasskeyName(wanted: string): string {
  const name = wanted.trim();
  if (!/^\P{Cc}{1,80}$/u.test(name))
    throw new DomainError('BAD_USER_INPUT', 'The name of a passkey has 1 to 80 characters.', {
      reason: 'PASSKEY_NAME',
    });
  return name;
}
