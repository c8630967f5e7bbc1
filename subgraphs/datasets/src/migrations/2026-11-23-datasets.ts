import { Migration } from '@mikro-orm/migrations';

export class Datasets extends Migration {
  override up(): void {
    this.addSql(`CREATE SCHEMA data`);
    this.addSql(`
      CREATE TABLE dataset (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        name text NOT NULL,
        table_name text UNIQUE,
        row_count bigint NOT NULL DEFAULT 0,
        last_row_id bigint NOT NULL DEFAULT 0,
        last_append bigint NOT NULL DEFAULT 0,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      )`);
    this.addSql(`
      CREATE INDEX dataset_newest ON dataset (workspace_id, created_at DESC, id DESC)
        WHERE table_name IS NOT NULL`);
    this.addSql(`
      CREATE TABLE dataset_column (
        dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
        position int NOT NULL,
        name text NOT NULL,
        type text NOT NULL,
        nullable boolean NOT NULL,
        PRIMARY KEY (dataset_id, position),
        UNIQUE (dataset_id, name)
      )`);
    this.addSql(`
      CREATE TABLE import (
        id uuid PRIMARY KEY,
        dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
        workspace_id text NOT NULL,
        status text NOT NULL,
        mode text NOT NULL,
        format text,
        options jsonb NOT NULL,
        file_name text NOT NULL,
        bytes_total bigint,
        bytes_read bigint NOT NULL DEFAULT 0,
        rows_imported bigint NOT NULL DEFAULT 0,
        rows_rejected bigint NOT NULL DEFAULT 0,
        error_code text,
        error_message text,
        error_line bigint,
        created_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        finished_at timestamptz(3)
      )`);
    this.addSql(`CREATE INDEX import_newest ON import (dataset_id, created_at DESC)`);
    this.addSql(
      `CREATE INDEX import_unfinished ON import (id) WHERE status IN ('QUEUED', 'RUNNING')`,
    );
    this.addSql(`
      CREATE TABLE reject (
        import_id uuid NOT NULL REFERENCES import ON DELETE CASCADE,
        ordinal int NOT NULL,
        line bigint NOT NULL,
        "column" text,
        value text,
        reason text NOT NULL,
        PRIMARY KEY (import_id, ordinal)
      )`);
    this.addSql(`
      CREATE TABLE append (
        dataset_id uuid NOT NULL REFERENCES dataset ON DELETE CASCADE,
        sequence bigint NOT NULL,
        table_name text NOT NULL,
        first_row_id bigint NOT NULL,
        last_row_id bigint NOT NULL,
        idempotency_key text,
        appended_at timestamptz(3) NOT NULL,
        PRIMARY KEY (dataset_id, sequence),
        UNIQUE (dataset_id, idempotency_key)
      )`);
  }

  override down(): void {
    this.addSql(`DROP TABLE append, reject, import, dataset_column, dataset`);
    this.addSql(`DROP SCHEMA data CASCADE`);
  }
}
