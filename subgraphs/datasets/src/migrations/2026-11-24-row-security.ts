import { WORKSPACE_FUNCTIONS } from '@affluent/subgraph';
import { Migration } from '@mikro-orm/migrations';

/** What requests, which run as affluent_request, see and change: rows of the caller's workspaces. */
export class RowSecurity extends Migration {
  override up(): void {
    for (const sql of WORKSPACE_FUNCTIONS) this.addSql(sql);
    this.addSql('GRANT USAGE ON SCHEMA public, data TO affluent_request');
    this.addSql('GRANT SELECT, INSERT, UPDATE ON dataset, import TO affluent_request');
    this.addSql('GRANT SELECT, UPDATE ON dataset_column TO affluent_request');
    this.addSql('GRANT SELECT ON reject TO affluent_request');
    this.addSql('GRANT SELECT, INSERT ON append TO affluent_request');
    for (const table of ['dataset', 'import', 'dataset_column', 'reject', 'append'])
      this.addSql(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
    for (const table of ['dataset', 'import']) {
      const isReadable = 'workspace_id = ANY (readable_workspaces())';
      const isEditable = 'workspace_id = ANY (editable_workspaces())';
      this.addSql(`CREATE POLICY readable ON ${table} FOR SELECT USING (${isReadable})`);
      this.addSql(`CREATE POLICY addable ON ${table} FOR INSERT WITH CHECK (${isEditable})`);
      this.addSql(`CREATE POLICY editable ON ${table} FOR UPDATE USING (${isEditable})`);
    }
    // These follow the row that they belong to, which has policies of its own.
    const dataset = (condition: string) =>
      `EXISTS (SELECT FROM dataset AS owner WHERE owner.id = dataset_id AND ${condition})`;
    const isEditable = dataset('owner.workspace_id = ANY (editable_workspaces())');
    for (const table of ['dataset_column', 'append'])
      this.addSql(`CREATE POLICY readable ON ${table} FOR SELECT USING (${dataset('true')})`);
    this.addSql(`CREATE POLICY editable ON dataset_column FOR UPDATE USING (${isEditable})`);
    this.addSql(`CREATE POLICY addable ON append FOR INSERT WITH CHECK (${isEditable})`);
    this.addSql(`
      CREATE POLICY readable ON reject FOR SELECT
      USING (EXISTS (SELECT FROM import AS owner WHERE owner.id = import_id))`);
    this.addSql(`
      CREATE PROCEDURE secure_data_table(name text) LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE data.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON data.%I TO affluent_request', name);
        -- Decided once a query, not once a row: neither condition names a column of the table.
        EXECUTE format('CREATE POLICY readable ON data.%I FOR SELECT USING (
          EXISTS (SELECT FROM public.dataset WHERE table_name = %L))', name, name);
        EXECUTE format('CREATE POLICY addable ON data.%I FOR INSERT WITH CHECK (
          EXISTS (SELECT FROM public.dataset WHERE table_name = %L
            AND workspace_id = ANY (public.editable_workspaces())))', name, name);
      END $$`);
    this.addSql(`
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'data' LOOP
          CALL secure_data_table(name);
        END LOOP;
      END $$`);
  }
}
