import {
  type DocumentNode,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

const SKIP_AND_INCLUDE = [GraphQLSkipDirective.name, GraphQLIncludeDirective.name];

/** Names of the variables in the conditions of a document, sorted. */
export function conditionVariables(
  document: DocumentNode,
  directives: readonly string[] = SKIP_AND_INCLUDE,
): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (!directives.includes(name.value)) return;
      for (const { name: argument, value } of given)
        if (argument.value === 'if' && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].toSorted();
}

/**
 * Values of these variables in one request: as sent, or their defaults.
 *
 * @throws {GraphQLError} BAD_USER_INPUT when one was sent as null, which its type allows where it has a default (GraphQL
 *   specification, 5.8.5).
 */
export const conditionsOf = (
  names: readonly string[],
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, boolean>> =>
  Object.fromEntries(
    names.map((name) => {
      const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (typeof sent === 'boolean') return [name, sent];
      if (sent === null) throw conditionIsNull(name);
      const definition = variableDefinitions.find(({ variable }) => variable.name.value === name);
      const { defaultValue } = definition ?? {};
      return [name, defaultValue?.kind === Kind.BOOLEAN && defaultValue.value];
    }),
  );

const conditionIsNull = (name: string): GraphQLError =>
  new GraphQLError(
    `The variable "$${name}" is null, but @skip, @include and @defer need true or false.`,
    {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    },
  );
