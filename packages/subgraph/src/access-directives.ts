import type { Scope, SERVICE_SCOPE } from '@affluent/service';
import { Directive } from 'type-graphql';

type AnyScope = Scope | typeof SERVICE_SCOPE;

/** On a type or field: only for signed-in callers. */
export const Authenticated = () => Directive('@authenticated');

/** On a type or field: only for signed-in callers whose token has all of these scopes. */
export const RequiresScopes = (...scopes: readonly AnyScope[]) => requires([scopes]);

/** On a type or field: only for signed-in callers whose token has one of these scopes. */
export const RequiresAnyScope = (...scopes: readonly Scope[]) =>
  requires(scopes.map((scope) => [scope]));

const requires =
  (lists: readonly (readonly AnyScope[])[]): ClassDecorator & PropertyDecorator =>
  (target: object, key?: string | symbol) => {
    const decorate = (sdl: string): void =>
      (Directive(sdl) as (target: object, key?: string | symbol) => void)(target, key);
    const printed = lists.map((scopes) => `[${scopes.map((scope) => `"${scope}"`).join(', ')}]`);
    decorate('@authenticated');
    decorate(`@requiresScopes(scopes: [${printed.join(', ')}])`);
  };
