import { Migration } from '@mikro-orm/migrations';

/**
 * Keeps the id of each deleted workspace, so that the other subgraphs can delete its rows. They must not delete anything
 * because a workspace was not found: a restored database or a mistake would look the same.
 */
export class KeepDeletedWorkspaces extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE deleted_workspaces (
        id uuid PRIMARY KEY,
        deleted_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    this.addSql('ALTER TABLE deleted_workspaces ENABLE ROW LEVEL SECURITY');
    this.addSql('GRANT SELECT ON deleted_workspaces TO affluent_request');
    this.addSql(`
      CREATE POLICY readable ON deleted_workspaces FOR SELECT
      USING (nullif(current_setting('affluent.service', true), '') IS NOT NULL)`);
    // As the owner of the database: requests cannot add rows.
    this.addSql(`
      CREATE FUNCTION keep_deleted_workspace() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = '' AS $$
      BEGIN
        INSERT INTO public.deleted_workspaces (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER workspaces_keep_deleted AFTER DELETE ON workspaces
      FOR EACH ROW EXECUTE FUNCTION keep_deleted_workspace()`);
  }
}
