import type { IncomingMessage } from 'node:http';

import { GraphQLError, OperationTypeNode } from 'graphql';

import type { ReadOperation } from '../../operations/read-operation.ts';

/** @throws {GraphQLError} BAD_REQUEST for a mutation by GET, which a link or an image could send. */
export function assertMethod(
  { method }: Pick<IncomingMessage, 'method'>,
  { definition }: ReadOperation,
): void {
  if (method !== 'GET' || definition.operation !== OperationTypeNode.MUTATION) return;
  throw new GraphQLError('Send mutations by POST.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: [['allow', 'POST']] } },
  });
}
