import { accessDenial, type Identity, meetsRule, SCHEMA_SCOPE } from '@affluent/service';
import { GraphQLError } from 'graphql';

type Caller = Pick<Identity, 'scopes'> | undefined;

const RULE = [[[SCHEMA_SCOPE]]];

export const mayReadSchema = (caller: Caller): boolean => meetsRule(RULE, caller);

/** Why a caller is not told what the schema is. */
export function introspectionDenial(caller: Caller): GraphQLError {
  const { message, extensions } = accessDenial('Query.__schema', RULE, caller);
  return new GraphQLError(message, {
    path: ['__schema'],
    extensions: { ...extensions, http: { status: caller ? 403 : 401 } },
  });
}

/** An error message without the names of the schema that GraphQL.js suggests. */
export const withoutSuggestion = (message: string): string =>
  message.replace(/ ?Did you mean .+\?$/s, '');
