import { Migration } from '@mikro-orm/migrations';

/** Whatever changes what somebody may reach is announced from here, so that no code path forgets it. */
export class TellAccessChanges extends Migration {
  override up(): void {
    this.addSql(`
      CREATE FUNCTION tell_membership_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_changed', coalesce(NEW.user_id, OLD.user_id)::text);
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER memberships_tell AFTER INSERT OR UPDATE OR DELETE ON memberships
      FOR EACH ROW EXECUTE FUNCTION tell_membership_change()`);
    this.addSql(`
      CREATE TRIGGER access_tokens_tell AFTER UPDATE OF revoked_at ON access_tokens
      FOR EACH ROW EXECUTE FUNCTION tell_membership_change()`);
    this.addSql(`
      CREATE FUNCTION tell_grant_end() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_changed', OLD.payload->>'accountId');
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER grants_tell AFTER DELETE ON oidc_payloads
      FOR EACH ROW WHEN (OLD.model = 'Grant' AND OLD.payload->>'accountId' IS NOT NULL)
      EXECUTE FUNCTION tell_grant_end()`);
    this.addSql(`
      CREATE FUNCTION tell_workspace_name() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_changed', user_id::text) FROM memberships WHERE workspace_id = NEW.id;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER workspaces_tell AFTER UPDATE OF name ON workspaces
      FOR EACH ROW EXECUTE FUNCTION tell_workspace_name()`);
  }
}
