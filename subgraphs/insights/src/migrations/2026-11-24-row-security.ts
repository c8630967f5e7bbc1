import { WORKSPACE_FUNCTIONS } from '@affluent/subgraph';
import { Migration } from '@mikro-orm/migrations';

/** What requests, which run as affluent_request, see and change: rows of the caller's workspaces. */
export class RowSecurity extends Migration {
  override up(): void {
    for (const sql of WORKSPACE_FUNCTIONS) this.addSql(sql);
    this.addSql('GRANT SELECT, INSERT ON charts TO affluent_request');
    this.addSql('ALTER TABLE charts ENABLE ROW LEVEL SECURITY');
    this.addSql(`
      CREATE POLICY readable ON charts FOR SELECT
      USING (workspace_id::text = ANY (readable_workspaces()))`);
    this.addSql(`
      CREATE POLICY addable ON charts FOR INSERT
      WITH CHECK (workspace_id::text = ANY (editable_workspaces()))`);
  }
}
