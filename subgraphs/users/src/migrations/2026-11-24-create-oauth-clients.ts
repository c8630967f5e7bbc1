import { Migration } from '@mikro-orm/migrations';

export class CreateOAuthClients extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE oauth_clients (
        id uuid PRIMARY KEY,
        owner_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        client_id text NOT NULL UNIQUE,
        name text NOT NULL,
        type text NOT NULL CHECK (type IN ('PUBLIC', 'CONFIDENTIAL')),
        redirect_uris text[] NOT NULL,
        post_logout_redirect_uris text[] NOT NULL,
        logo_uri text,
        scopes text[] NOT NULL,
        secret_digest text,
        jwks jsonb,
        created_at timestamptz NOT NULL
      )`);
    this.addSql('CREATE INDEX oauth_clients_by_owner ON oauth_clients (owner_id, created_at)');
  }
}
