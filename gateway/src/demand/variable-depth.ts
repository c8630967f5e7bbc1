import { MAX_VARIABLE_DEPTH } from './limits.ts';
import { tooComplex } from './refusals.ts';

/**
 * Refuses variables whose lists and objects are too deep in each other: a few megabytes of brackets would overflow the
 * stack of whatever goes down into them. Files that are uploaded stand among them and are left alone.
 *
 * @throws {GraphQLError} OPERATION_TOO_COMPLEX.
 */
export function assertVariableDepth(variables: unknown): void {
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_VARIABLE_DEPTH)
      throw tooComplex(`The variables are nested in more than ${MAX_VARIABLE_DEPTH} levels.`);
    const next: unknown[] = [];
    for (const value of level) {
      if (Array.isArray(value)) addNested(value, next);
      else if (isPlainObject(value)) addNested(Object.values(value), next);
    }
    level = next;
  }
}

function addNested(values: readonly unknown[], to: unknown[]): void {
  for (const value of values) if (typeof value === 'object' && value !== null) to.push(value);
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);
