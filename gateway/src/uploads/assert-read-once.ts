import { GraphQLError, visit } from 'graphql';

import type { Operation } from '../ast/operation.ts';
import { findUploads } from './find-uploads.ts';

/**
 * Refuses an operation in which two fields take the same file, before either runs: a file is not stored, so it can be read only
 * once.
 *
 * @throws {GraphQLError} BAD_REQUEST.
 */
export function assertReadOnce(
  { definition, fragments }: Operation,
  variables: Readonly<Record<string, unknown>>,
): void {
  const holders = new Set(
    findUploads(variables).flatMap(({ paths }) => paths.map((path) => path.split('.')[1] ?? '')),
  );
  if (holders.size === 0) return;
  const used = new Set<string>();
  const count = {
    VariableDefinition: () => false as const,
    Variable({ name: { value: name } }: { readonly name: { readonly value: string } }) {
      if (!holders.has(name)) return;
      if (used.has(name)) throw usedTwice(name);
      used.add(name);
    },
  };
  for (const node of [definition, ...fragments.values()]) visit(node, count);
}

const usedTwice = (name: string): GraphQLError =>
  new GraphQLError(
    `The variable "$${name}" holds a file and is used twice. Send the file once for each use, in variables of its own.`,
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  );
