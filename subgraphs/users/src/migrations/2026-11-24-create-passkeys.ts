import { Migration } from '@mikro-orm/migrations';

export class CreatePasskeys extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE passkeys (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        credential_id text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        name text NOT NULL,
        is_backed_up boolean NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz
      )`);
    this.addSql('CREATE INDEX passkeys_by_user ON passkeys (user_id, created_at)');
    this.addSql(`
      CREATE TABLE passkey_challenges (
        challenge text PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('REGISTER', 'SIGN_IN')),
        subject text NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
  }
}
