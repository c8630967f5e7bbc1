import { Migration } from '@mikro-orm/migrations';

export class CreateCharts extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE charts (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL,
        dataset_id uuid NOT NULL,
        title text NOT NULL,
        type text NOT NULL CHECK (type IN ('LINE')),
        spec jsonb NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX charts_by_dataset ON charts (dataset_id, created_at)');
  }
}
