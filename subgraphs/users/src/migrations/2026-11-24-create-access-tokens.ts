import { Migration } from '@mikro-orm/migrations';

export class CreateAccessTokens extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE access_tokens (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        name text NOT NULL,
        digest text NOT NULL UNIQUE,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz
      )`);
    this.addSql('CREATE INDEX access_tokens_by_user ON access_tokens (user_id, created_at)');
  }
}
