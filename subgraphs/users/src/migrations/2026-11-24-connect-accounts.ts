import { Migration } from '@mikro-orm/migrations';

/** Accounts at outside identity providers, and what came of the way there, for the browser that set out. */
export class ConnectAccounts extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE connected_accounts (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        provider text NOT NULL,
        subject text NOT NULL,
        email text,
        created_at timestamptz NOT NULL,
        UNIQUE (provider, subject)
      )`);
    this.addSql('CREATE INDEX connected_accounts_by_user ON connected_accounts (user_id)');
    this.addSql(`
      CREATE TABLE outside_outcomes (
        state_digest text PRIMARY KEY,
        ticket_digest text NOT NULL UNIQUE,
        purpose text NOT NULL CHECK (purpose IN ('SIGN_IN', 'CONNECT')),
        purpose_id text NOT NULL,
        provider text NOT NULL,
        subject text NOT NULL,
        email text,
        email_verified boolean NOT NULL,
        display_name text,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    this.addSql('CREATE INDEX outside_outcomes_by_expiry ON outside_outcomes (expires_at)');
  }
}
