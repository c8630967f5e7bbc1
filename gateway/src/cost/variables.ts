import { type ASTNode, type DocumentNode, GraphQLError, visit } from 'graphql';

import { MAX_VARIABLE_DEPTH, tooComplex } from './limits.ts';

/**
 * Refuses variables that would fail later: nested lists and objects, a few megabytes of which overflow the stack of recursive
 * code, and text that PostgreSQL cannot store. Uploads among the variables are skipped.
 *
 * @throws {GraphQLError} OPERATION_TOO_COMPLEX, BAD_USER_INPUT.
 */
export function assertVariables(variables: unknown): void {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_VARIABLE_DEPTH)
      throw tooComplex(`The variables are nested in more than ${MAX_VARIABLE_DEPTH} levels.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (Array.isArray(value)) addNested(value, next);
      else if (isPlainObject(value)) addNested(Object.values(value), next);
    }
    if (next.includes(UNSTORABLE)) throw unstorable(`The variable "${placeOf(variables) ?? ''}"`);
    level = next;
  }
}

/** @throws {GraphQLError} BAD_USER_INPUT when a string in the document cannot be stored. */
export function assertLiterals(document: DocumentNode): void {
  visit(document, {
    StringValue(node) {
      if (!isStorable(node.value)) throw unstorable('A string in the document', node);
    },
  });
}

/** Stands for a text that cannot be stored. */
const UNSTORABLE = Symbol('unstorable');

/** PostgreSQL text cannot hold NUL, and UTF-8 no half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function addNested(values: readonly unknown[], to: unknown[]): void {
  for (const value of values) {
    if (typeof value === 'object' && value !== null) to.push(value);
    else if (typeof value === 'string' && !isStorable(value)) to.push(UNSTORABLE);
  }
}

/** The path of the first string that cannot be stored. Called only when there is one. */
function placeOf(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : path.join('.');
  if (!Array.isArray(value) && !isPlainObject(value)) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = path.length > MAX_VARIABLE_DEPTH ? undefined : placeOf(child, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const unstorable = (what: string, node?: ASTNode): GraphQLError =>
  new GraphQLError(
    `${what} holds the character U+0000 or half of a surrogate pair. Neither can be stored as text.`,
    { ...(node && { nodes: node }), extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
  );

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
