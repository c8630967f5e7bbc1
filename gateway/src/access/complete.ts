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
  /** As the client sent it. */
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: DeniedFields;
  /** Where an object says its type, if it may be of several. */
  readonly typeKey: string;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * Makes the answer to the whole operation out of the answer to the pruned one: GraphQL's own execution goes through the
 * operation again with that answer for its data, and denied fields fail. So aliases, fragments, directives and what a
 * null does to its surroundings are as ever. A field that is denied in every item of a list is reported once.
 */
export function completeAnswer(
  result: ExecutionResult,
  { schema, document, operationName, variables, denied, typeKey }: CompletionOptions,
): ExecutionResult {
  if (!result.data) return result;
  const reported = new Map<GraphQLError, GraphQLError>();
  const locate = (denial: GraphQLError, info: GraphQLResolveInfo): GraphQLError => {
    // An error that has a path already is taken by GraphQL as it is.
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
