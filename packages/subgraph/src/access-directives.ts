import type { Scope } from '@affluent/service';
import { Directive } from 'type-graphql';

/** On a type or field: only for callers who have signed in. */
export const Authenticated = () => Directive('@authenticated');

/** On a type or field: only for callers who have signed in, with a token that allows all of these scopes. */
export const RequiresScopes = (...scopes: readonly Scope[]) => requires([scopes]);

/** On a type or field: only for callers who have signed in, with a token that allows one of these scopes. */
export const RequiresAnyScope = (...scopes: readonly Scope[]) =>
  requires(scopes.map((scope) => [scope]));

const requires =
  (lists: readonly (readonly Scope[])[]): ClassDecorator & PropertyDecorator =>
  (target: object, key?: string | symbol) => {
    const decorate = (sdl: string): void =>
      (Directive(sdl) as (target: object, key?: string | symbol) => void)(target, key);
    const printed = lists.map((scopes) => `[${scopes.map((scope) => `"${scope}"`).join(', ')}]`);
    decorate('@authenticated');
    decorate(`@requiresScopes(scopes: [${printed.join(', ')}])`);
  };
