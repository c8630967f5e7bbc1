import type { AdapterPayload } from 'oidc-provider';

/** Where oidc-provider's own record of a grant has scopes, each list as one text. */
interface GrantScopes {
  readonly openid?: { readonly scope?: string };
  readonly resources?: Readonly<Record<string, string>>;
}

/** What is kept of a grant, without some of the scopes that the person allowed. */
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
