import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLFieldResolver,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';

import type { DeniedFields } from './denied-fields.ts';

interface CompletionOptions {
  readonly schema: GraphQLSchema;
  /** The client's document. */
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: DeniedFields;
  /** The key of an object's type name, where its type is abstract. */
  readonly typeKey: string;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * Turns the answer to the pruned operation into the answer to the whole one: GraphQL.js executes the operation with that answer as
 * its data, and denied fields fail. So aliases, fragments, directives and null propagation work as always. A field that is denied
 * in every item of a list is reported once.
 */
export function completeAnswer(
  result: ExecutionResult,
  { schema, document, operationName, variables, denied, typeKey }: CompletionOptions,
): ExecutionResult {
  if (!result.data) return result;
  const reported = new Map<GraphQLError, GraphQLError>();
  const locate = (denial: GraphQLError, info: GraphQLResolveInfo): GraphQLError => {
    // GraphQL.js leaves an error with a path as it is.
    const { message, extensions } = denial;
    const path = pathOf(info);
    const error =
      reported.get(denial) ??
      new GraphQLError(message, { nodes: info.fieldNodes, path, extensions });
    reported.set(denial, error);
    return error;
  };
  const fieldResolver: GraphQLFieldResolver<Answer, unknown> = (answer, _args, _context, info) => {
    for (const node of info.fieldNodes) {
      const denial = denied.get(node);
      if (denial) throw locate(denial.error, info);
    }
    return valueAt(answer, info.path.key);
  };
  const completed = executeSync({
    schema,
    document,
    rootValue: result.data,
    variableValues: variables,
    operationName,
    fieldResolver,
    typeResolver: (answer: Answer) => valueAt(answer, typeKey) as string | undefined,
  });
  const errors = [...(result.errors ?? []), ...new Set(completed.errors)];
  return { ...result, data: completed.data ?? null, ...(errors.length > 0 && { errors }) };
}

/** A response key is any name, `constructor` too. */
const valueAt = (answer: Answer, key: string | number): unknown =>
  Object.hasOwn(answer, key) ? answer[key] : undefined;

function pathOf({ path }: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = path; at; at = at.prev)
    keys.unshift(at.key);
  return keys;
}
