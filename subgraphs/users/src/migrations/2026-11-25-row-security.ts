import { Migration } from '@mikro-orm/migrations';

/** Names of policies, by what they allow. */
const NAMES = {
  SELECT: 'readable',
  INSERT: 'addable',
  UPDATE: 'editable',
  DELETE: 'removable',
} as const;

const ONESELF = '(SELECT caller_id())';
/** Asked once a statement, not once a row. */
const OWN = 'ANY ((SELECT own_workspaces())::uuid[])';
const OWNED = 'ANY ((SELECT owned_workspaces())::uuid[])';

/** What policies ask as the owner of the database: those of memberships and users could not read these tables themselves. */
const OWNERS_FUNCTIONS = {
  'own_workspaces() RETURNS uuid[]': `SELECT coalesce(array_agg(workspace_id), '{}')
    FROM public.memberships WHERE user_id = public.caller_id()`,
  'owned_workspaces() RETURNS uuid[]': `SELECT coalesce(array_agg(workspace_id), '{}')
    FROM public.memberships WHERE user_id = public.caller_id() AND role = 'OWNER'`,
  'has_members(workspace uuid) RETURNS boolean': `SELECT EXISTS (
    SELECT FROM public.memberships WHERE workspace_id = workspace)`,
  'caller_email() RETURNS text': `SELECT lower(email) FROM public.users WHERE id = public.caller_id()`,
  'caller_password_hash() RETURNS text': `SELECT password_hash FROM public.users WHERE id = public.caller_id()`,
} as const;

/** Tables whose rows belong to one person, by the column that says to whom. */
const OF_PERSON = {
  access_tokens: 'user_id',
  connected_accounts: 'user_id',
  email_tokens: 'user_id',
  oauth_clients: 'owner_id',
  passkeys: 'user_id',
  sessions: 'user_id',
} as const;

/**
 * What requests, which run as affluent_request, see and change: themselves, what is theirs, and the workspaces that they
 * belong to. The identity provider and its pages run as the owner of the database, whom no policy holds back.
 */
export class RowSecurity extends Migration {
  override up(): void {
    this.addSql(`
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'mikro_orm_migrations'
        LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name); END LOOP;
      END $$`);
    this.addSql('GRANT USAGE ON SCHEMA public TO affluent_request');
    this.#addFunctions();
    this.#securePeople();
    this.#secureWorkspaces();
    this.#secureAuditLog();
    this.#secureIdentityProvider();
  }

  #addFunctions(): void {
    this.addSql(`
      CREATE FUNCTION caller_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT nullif(current_setting('affluent.user_id', true), '')::uuid $$`);
    // The digest of the link that the caller has.
    this.addSql(`
      CREATE FUNCTION presented_invitation() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT nullif(current_setting('affluent.invitation', true), '') $$`);
    for (const [signature, body] of Object.entries(OWNERS_FUNCTIONS)) {
      this.addSql(`
        CREATE FUNCTION ${signature} LANGUAGE sql STABLE PARALLEL SAFE
        SECURITY DEFINER SET search_path = '' AS $$ ${body} $$`);
    }
  }

  #securePeople(): void {
    // Without the password's hash, which nobody but caller_password_hash() tells.
    this.#grant(
      'SELECT (id, email, display_name, email_verified_at, language, created_at)',
      'users',
    );
    this.#grant('UPDATE (display_name, password_hash)', 'users');
    this.#allow(
      'SELECT',
      'users',
      `id = ${ONESELF}
      OR id IN (SELECT user_id FROM memberships) OR id IN (SELECT invited_by_id FROM invitations)`,
    );
    this.#allow('UPDATE', 'users', `id = ${ONESELF}`);

    this.#grant('SELECT, INSERT, UPDATE (revoked_at)', 'access_tokens');
    this.#grant('SELECT, DELETE', 'connected_accounts');
    this.#grant('INSERT', 'email_tokens');
    this.#grant('SELECT, INSERT, DELETE', 'oauth_clients');
    this.#grant(
      'UPDATE (name, redirect_uris, post_logout_redirect_uris, logo_uri, scopes, secret_digest)',
      'oauth_clients',
    );
    this.#grant('SELECT, INSERT, UPDATE (name), DELETE', 'passkeys');
    this.#grant('SELECT, DELETE', 'sessions');
    for (const [table, column] of Object.entries(OF_PERSON))
      this.addSql(`CREATE POLICY own ON ${table} USING (${column} = ${ONESELF})`);

    this.#grant('SELECT, INSERT, DELETE', 'passkey_challenges');
    this.addSql(`
      CREATE POLICY own ON passkey_challenges
      USING (purpose = 'REGISTER' AND subject = ${ONESELF}::text)`);
  }

  #secureWorkspaces(): void {
    const isPresented = 'digest = (SELECT presented_invitation())';
    const isForCaller = 'lower(email) = (SELECT caller_email())';

    this.#grant('SELECT, INSERT, UPDATE (name), DELETE', 'workspaces');
    const isInvited = 'id IN (SELECT workspace_id FROM invitations)';
    this.#allow('SELECT', 'workspaces', `id = ${OWN} OR ${isInvited}`);
    this.#allow('INSERT', 'workspaces', `${ONESELF} IS NOT NULL`);
    // Whoever joins or leaves locks it, which asks for the same right; but only owners change it.
    this.#allow('UPDATE', 'workspaces', `id = ${OWN} OR ${isInvited}`, `id = ${OWNED}`);
    this.#allow('DELETE', 'workspaces', `id = ${OWNED}`);

    this.#grant('SELECT, INSERT, UPDATE (role), DELETE', 'memberships');
    this.#allow('SELECT', 'memberships', `workspace_id = ${OWN}`);
    // The first owner of a new workspace, and those who accept an invitation to them.
    this.#allow(
      'INSERT',
      'memberships',
      `user_id = ${ONESELF} AND (
      role = 'OWNER' AND NOT has_members(workspace_id)
      OR EXISTS (SELECT FROM invitations AS i WHERE i.${isPresented} AND ${isForCaller}
        AND i.workspace_id = memberships.workspace_id AND i.role = memberships.role
        AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()))`,
    );
    this.#allow('UPDATE', 'memberships', `workspace_id = ${OWNED}`);
    this.#allow('DELETE', 'memberships', `workspace_id = ${OWNED} OR user_id = ${ONESELF}`);

    this.#grant('SELECT, INSERT, UPDATE (accepted_at, revoked_at)', 'invitations');
    this.#allow('SELECT', 'invitations', `workspace_id = ${OWN} OR ${isPresented}`);
    const isOwners = `workspace_id = ${OWNED}`;
    this.#allow('INSERT', 'invitations', `${isOwners} AND invited_by_id = ${ONESELF}`);
    this.#allow('UPDATE', 'invitations', `${isOwners} OR ${isPresented} AND ${isForCaller}`);
  }

  #secureAuditLog(): void {
    this.#grant('SELECT, INSERT', 'audit_events');
    this.#allow('INSERT', 'audit_events', `actor_id = ${ONESELF}`);
    // Owners also see what members did that is of no workspace, such as signing in, from when they joined.
    this.#allow(
      'SELECT',
      'audit_events',
      `actor_id = ${ONESELF} OR workspace_id = ${OWNED}
      OR workspace_id IS NULL AND EXISTS (SELECT FROM memberships AS m
        WHERE m.user_id = audit_events.actor_id AND m.workspace_id = ${OWNED}
          AND m.created_at <= audit_events.at)`,
    );
  }

  #secureIdentityProvider(): void {
    this.#grant('SELECT, DELETE', 'oidc_payloads');
    const isCaller = (path: string) => `payload #>> '${path}' = ${ONESELF}::text`;
    // What the caller was signed in or gave rights by; of sign-ins under way those in which the caller has been proved.
    this.addSql(`
      CREATE POLICY own ON oidc_payloads USING (payload->>'accountId' = ${ONESELF}::text
        OR model = 'Interaction' AND (${isCaller('{result,login,accountId}')}
          OR ${isCaller('{lastSubmission,login,accountId}')}))`);
  }

  #grant(rights: string, table: string): void {
    this.addSql(`GRANT ${rights} ON ${table} TO affluent_request`);
  }

  #allow(command: keyof typeof NAMES, table: string, condition: string, check?: string): void {
    const conditions =
      command === 'INSERT'
        ? `WITH CHECK (${condition})`
        : `USING (${condition}) ${check ? `WITH CHECK (${check})` : ''}`;
    this.addSql(`CREATE POLICY ${NAMES[command]} ON ${table} FOR ${command} ${conditions}`);
  }
}
