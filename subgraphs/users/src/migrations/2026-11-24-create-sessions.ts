import { Migration } from '@mikro-orm/migrations';

export class CreateSessions extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE sessions (
        id text PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        user_agent text,
        address text,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX sessions_by_user ON sessions (user_id, last_used_at)');
    this.addSql('CREATE INDEX sessions_by_expiry ON sessions (expires_at)');
  }
}
