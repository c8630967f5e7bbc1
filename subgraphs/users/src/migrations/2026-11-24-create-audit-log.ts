import { Migration } from '@mikro-orm/migrations';

export class CreateAuditLog extends Migration {
  override up(): void {
    // No foreign keys: the log outlives what it speaks of.
    this.addSql(`
      CREATE TABLE audit_events (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        workspace_id uuid,
        address text,
        subject text
      )`);
    this.addSql('CREATE INDEX audit_events_by_actor ON audit_events (actor_id, at)');
    this.addSql('CREATE INDEX audit_events_by_workspace ON audit_events (workspace_id, at)');
    this.addSql(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'The audit log is append-only'; END $$`);
    this.addSql(`
      CREATE TRIGGER audit_events_are_kept BEFORE UPDATE OR DELETE ON audit_events
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
    this.addSql(`
      CREATE TRIGGER audit_events_are_not_truncated BEFORE TRUNCATE ON audit_events
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }
}
