import type Provider from 'oidc-provider';

/**
 * Skips storing a session that was never stored. When oidc-provider renders an error page of the device flow, it puts a
 * form's secret into the session and stores it again. For a session that it has never stored that fails with a TypeError, and so
 * with status 500.
 */
export function leaveUnstoredSessions({ Session }: Provider): void {
  const stored = Reflect.get(Session.prototype, 'persist') as () => Promise<string>;
  Session.prototype.persist = async function persist() {
    return this.exp === undefined ? '' : stored.call(this);
  };
}
