import { Migration } from '@mikro-orm/migrations';

export class CreateUsers extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE users (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        display_name text NOT NULL,
        password_hash text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE UNIQUE INDEX users_by_email ON users (lower(email))');
    this.addSql(`
      CREATE TABLE workspaces (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    this.addSql(`
      CREATE TABLE memberships (
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('OWNER', 'EDITOR', 'VIEWER')),
        created_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, workspace_id)
      )`);
    this.addSql('CREATE INDEX memberships_by_workspace ON memberships (workspace_id)');
    this.addSql(`
      CREATE TABLE oidc_payloads (
        model text NOT NULL,
        id text NOT NULL,
        payload jsonb NOT NULL,
        grant_id text,
        uid text,
        user_code text,
        expires_at timestamptz,
        consumed_at timestamptz,
        PRIMARY KEY (model, id)
      )`);
    this.addSql('CREATE INDEX oidc_payloads_by_grant ON oidc_payloads (grant_id)');
    this.addSql('CREATE UNIQUE INDEX oidc_payloads_by_uid ON oidc_payloads (model, uid)');
    this.addSql(
      'CREATE UNIQUE INDEX oidc_payloads_by_user_code ON oidc_payloads (model, user_code)',
    );
    this.addSql('CREATE INDEX oidc_payloads_by_expiry ON oidc_payloads (expires_at)');
    this.addSql(`
      CREATE TABLE signing_keys (
        id text PRIMARY KEY,
        sealed text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    this.addSql(`
      CREATE TABLE sign_in_failures (
        id uuid PRIMARY KEY,
        account text NOT NULL,
        address text NOT NULL,
        at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX sign_in_failures_by_account ON sign_in_failures (account, at)');
    this.addSql('CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, at)');
  }
}
