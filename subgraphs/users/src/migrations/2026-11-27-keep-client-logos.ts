import { Migration } from '@mikro-orm/migrations';

/** Our copies of clients' logos. Clients that have a logo already get theirs when they are saved next. */
export class KeepClientLogos extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE oauth_clients ADD COLUMN logo bytea, ADD COLUMN logo_digest text');
    this.addSql('CREATE INDEX oauth_clients_by_logo ON oauth_clients (logo_digest)');
    this.addSql('GRANT UPDATE (logo, logo_digest) ON oauth_clients TO affluent_request');
  }
}
