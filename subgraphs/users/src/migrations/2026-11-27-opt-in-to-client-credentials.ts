import { Migration } from '@mikro-orm/migrations';

/**
 * A client acts by itself only where its owner wants that. Of the clients that are there already, those that nobody can be sent
 * back to were registered for nothing else, and keep it.
 */
export class OptInToClientCredentials extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE oauth_clients
        ADD COLUMN client_credentials boolean NOT NULL DEFAULT false,
        ADD COLUMN credentials_used_at timestamptz`);
    this.addSql(`
      UPDATE oauth_clients SET client_credentials = true
      WHERE type = 'CONFIDENTIAL' AND redirect_uris = '{}'`);
    this.addSql('GRANT UPDATE (client_credentials) ON oauth_clients TO affluent_request');
    this.addSql(`
      CREATE TRIGGER oauth_clients_tell_credentials AFTER UPDATE OF client_credentials ON oauth_clients
      FOR EACH ROW EXECUTE FUNCTION tell_client_end()`);
  }
}
