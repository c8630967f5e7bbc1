import { readName } from '@affluent/subgraph';

/** @throws {DomainError} BAD_USER_INPUT for what cannot be the name of a workspace. */
export const readWorkspaceName = (wanted: string): string =>
  readName(wanted, { what: 'The name of a workspace', maxLength: 100, reason: 'WORKSPACE_NAME' });
