import type { Scope } from '@affluent/service';
import { Directive } from 'type-graphql';

/** On a type or field: only for callers who have signed in. */
export const Authenticated = () => Directive('@authenticated');

/** On a type or field: only for callers who have signed in, with a token that allows all of these scopes. */
export const RequiresScopes =
  (...scopes: readonly Scope[]): ClassDecorator & PropertyDecorator =>
  (target: object, key?: string | symbol) => {
    const decorate = (sdl: string): void =>
      (Directive(sdl) as (target: object, key?: string | symbol) => void)(target, key);
    decorate('@authenticated');
    decorate(`@requiresScopes(scopes: [[${scopes.map((scope) => `"${scope}"`).join(', ')}]])`);
  };
