import { Migration } from '@mikro-orm/migrations';

/** Grants are listed by the person who gave them, and end with their client; `used_at` says when one last was of use. */
export class ListGrants extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE oidc_payloads ADD COLUMN used_at timestamptz');
    this.addSql(
      "CREATE INDEX oidc_payloads_by_account ON oidc_payloads ((payload->>'accountId'), model)",
    );
    this.addSql("CREATE INDEX oidc_payloads_by_client ON oidc_payloads ((payload->>'clientId'))");
  }
}
