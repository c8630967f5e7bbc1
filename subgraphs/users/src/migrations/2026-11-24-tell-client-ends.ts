import { Migration } from '@mikro-orm/migrations';

/** The rest of what a token can stand on: the client that acts alone, and personal access tokens that are deleted. */
export class TellClientEnds extends Migration {
  override up(): void {
    this.addSql(`
      CREATE FUNCTION tell_client_end() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('access_changed', OLD.owner_id::text);
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER oauth_clients_tell AFTER DELETE ON oauth_clients
      FOR EACH ROW EXECUTE FUNCTION tell_client_end()`);
    this.addSql(`
      CREATE TRIGGER access_tokens_tell_end AFTER DELETE ON access_tokens
      FOR EACH ROW EXECUTE FUNCTION tell_membership_change()`);
  }
}
