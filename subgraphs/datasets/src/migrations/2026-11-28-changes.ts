import { Migration } from '@mikro-orm/migrations';

/** The log of appends becomes a log of all changes, read by consumers with cursors of their own. */
export class Changes extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE append RENAME TO dataset_change');
    this.addSql('ALTER TABLE dataset_change RENAME appended_at TO changed_at');
    this.addSql('ALTER TABLE dataset RENAME last_append TO last_change');
    // The last change of a deleted dataset must outlive it.
    this.addSql('ALTER TABLE dataset_change DROP CONSTRAINT append_dataset_id_fkey');
    this.addSql('ALTER TABLE dataset_change ADD kind text');
    // Only a REPLACE restarts row ids at 1: every dataset has been created with at least one row.
    this.addSql(`
      UPDATE dataset_change SET kind = CASE WHEN first_row_id = 1 THEN 'REPLACE' ELSE 'APPEND' END`);
    this.addSql('ALTER TABLE dataset_change ALTER kind SET NOT NULL');
    // A CREATE is number 0: all cursors stay valid. Where the first change is a REPLACE, what it replaced is unknown.
    this.addSql(`
      INSERT INTO dataset_change (dataset_id, sequence, kind, table_name, first_row_id, last_row_id, changed_at)
      SELECT id, 0, 'CREATE', coalesce(first.table_name, dataset.table_name), 1,
        coalesce(first.first_row_id - 1, dataset.last_row_id), created_at
      FROM dataset LEFT JOIN dataset_change AS first ON first.dataset_id = id AND first.sequence = 1
      WHERE dataset.table_name IS NOT NULL AND first.kind IS DISTINCT FROM 'REPLACE'`);
    this.addSql(`
      CREATE TABLE change_cursor (
        consumer text NOT NULL,
        dataset_id uuid NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (consumer, dataset_id)
      )`);
    // Requests have no rights to it: cursors are the service's own.
    this.addSql('ALTER TABLE change_cursor ENABLE ROW LEVEL SECURITY');
  }
}
