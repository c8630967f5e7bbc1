import type Provider from 'oidc-provider';

/**
 * Lets a request without a session end without one. When oidc-provider renders an error page of the device flow, it notes a
 * form's secret in the session and stores the session again, which fails with a TypeError, and so with 500, for a
 * session that it has never stored.
 */
export function leaveUnstoredSessions({ Session }: Provider): void {
  const stored = Reflect.get(Session.prototype, 'persist') as () => Promise<string>;
  Session.prototype.persist = async function persist() {
    return this.exp === undefined ? '' : stored.call(this);
  };
}
