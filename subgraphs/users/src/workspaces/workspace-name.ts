import { DomainError } from '@affluent/subgraph';

/** No control characters: a NUL is no text to PostgreSQL. */
const NAME = /^\P{Cc}{1,100}$/u;

/** @throws {DomainError} BAD_USER_INPUT for what cannot be the name of a workspace. */
export function readWorkspaceName(wanted: string): string {
  const name = wanted.trim();
  if (!NAME.test(name))
    throw new DomainError('BAD_USER_INPUT', 'The name of a workspace has 1 to 100 characters.', {
      reason: 'WORKSPACE_NAME',
    });
  return name;
}
