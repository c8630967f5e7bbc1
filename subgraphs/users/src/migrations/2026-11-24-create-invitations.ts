import { Migration } from '@mikro-orm/migrations';

export class CreateInvitations extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE invitations (
        id uuid PRIMARY KEY,
        workspace_id uuid NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        invited_by_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        email text NOT NULL,
        role text NOT NULL CHECK (role IN ('OWNER', 'EDITOR', 'VIEWER')),
        digest text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz
      )`);
    this.addSql('CREATE INDEX invitations_by_workspace ON invitations (workspace_id, created_at)');
  }
}
