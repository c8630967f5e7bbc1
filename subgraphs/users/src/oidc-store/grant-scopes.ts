import type { AdapterPayload } from 'oidc-provider';

/** The scopes in oidc-provider's record of a grant, each list separated by spaces. */
interface GrantScopes {
  readonly openid?: { readonly scope?: string };
  readonly resources?: Readonly<Record<string, string>>;
}

/** The payload of a grant without the lost scopes. */
export function withoutScopes(payload: AdapterPayload, lost: ReadonlySet<string>): AdapterPayload {
  const { openid, resources } = payload as GrantScopes;
  const left = (scope = ''): string =>
    scope
      .split(' ')
      .filter((name) => !lost.has(name))
      .join(' ');
  return {
    ...payload,
    ...(openid && { openid: { ...openid, scope: left(openid.scope) } }),
    ...(resources && {
      resources: Object.fromEntries(
        Object.entries(resources).map(([resource, scope]) => [resource, left(scope)]),
      ),
    }),
  };
}
