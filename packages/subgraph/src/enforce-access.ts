import {
  accessDenial,
  type AccessRule,
  meetsRule,
  readAccessRules,
  SERVICE_SCOPE,
} from '@affluent/service';
import {
  defaultFieldResolver,
  type DocumentNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

import type { SubgraphContext } from './context.ts';

type Caller = Pick<SubgraphContext, 'identity' | 'service'>;
type Field = GraphQLField<unknown, Caller>;
type Resolver = GraphQLFieldResolver<unknown, Caller>;

interface Reference {
  readonly __typename: string;
}

/**
 * Enforces a subgraph's own `@authenticated` and `@requiresScopes`, whatever the gateway let through: on every field with a
 * rule, on each event of a subscription and its start, and on entities by the rule of their type.
 */
export function enforceAccess(schema: GraphQLSchema, sdl: DocumentNode): void {
  const rules = readAccessRules(schema, sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (type === schema.getQueryType() && field.name === '_entities') {
        guardEntities(field, (typeName) => {
          const entity = schema.getType(typeName);
          return entity ? rules.ofType(entity) : [];
        });
        continue;
      }
      const rule = rules.ofField(type, field.name);
      if (rule.length === 0) continue;
      const guard = guardBy(rule, `${type.name}.${field.name}`);
      field.resolve = guard(field.resolve ?? defaultFieldResolver);
      if (field.subscribe) field.subscribe = guard(field.subscribe);
    }
  }
}

const denialOf = (
  coordinate: string,
  rule: AccessRule,
  { identity, service }: Caller,
): GraphQLError | undefined => {
  const isMet = service
    ? rule.flat(2).includes(SERVICE_SCOPE) && meetsRule(rule, service)
    : meetsRule(rule, identity);
  return isMet ? undefined : accessDenial(coordinate, rule, service ?? identity);
};

const guardBy =
  (rule: AccessRule, coordinate: string) =>
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    const denial = denialOf(coordinate, rule, context);
    if (denial) throw denial;
    return resolve(source, args, context, info);
  };

/** `_entities` resolves the entities that the caller may access, by the rule of each entity's type. Services get none. */
function guardEntities(field: Field, ruleOf: (typeName: string) => AccessRule): void {
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (
    source,
    { representations }: { readonly representations: readonly Reference[] },
    context,
    info,
  ) => {
    if (!context.identity) throw accessDenial('Query._entities', [], undefined);
    return representations.map((reference) => {
      const { __typename } = reference;
      const denial = denialOf(__typename, ruleOf(__typename), context);
      if (denial) return denial;
      const [entity] = resolve(source, { representations: [reference] }, context, info) as [
        unknown,
      ];
      return entity;
    });
  };
}
