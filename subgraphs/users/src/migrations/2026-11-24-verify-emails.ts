import { Migration } from '@mikro-orm/migrations';

/** What accounts need to be confirmed and recovered by e-mail. An account of an outside provider has no password. */
export class VerifyEmails extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE users
        ALTER COLUMN password_hash DROP NOT NULL,
        ADD COLUMN email_verified_at timestamptz,
        ADD COLUMN language text NOT NULL DEFAULT 'en'`);
    this.addSql(`
      CREATE TABLE email_tokens (
        digest text PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        purpose text NOT NULL CHECK (purpose IN ('VERIFY', 'RESET')),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    this.addSql('CREATE INDEX email_tokens_by_user ON email_tokens (user_id)');
    this.addSql('CREATE INDEX email_tokens_by_expiry ON email_tokens (expires_at)');
    this.addSql(`
      CREATE TABLE sign_up_requests (
        digest text PRIMARY KEY,
        interaction_uid text NOT NULL,
        email text NOT NULL,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        language text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    this.addSql('CREATE INDEX sign_up_requests_by_expiry ON sign_up_requests (expires_at)');
    this.addSql(`
      CREATE TABLE counted_attempts (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        key text NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX counted_attempts_by_key ON counted_attempts (kind, key, expires_at)');
    this.addSql('CREATE INDEX counted_attempts_by_expiry ON counted_attempts (expires_at)');
  }
}
