import { Migration } from '@mikro-orm/migrations';

/**
 * Open invitations end with the ownership of the person who sent them, by whatever way it ends. Device codes are kept as digests
 * like the other codes; those on their way, which live for ten minutes, end.
 */
export class EndRightsWithTheirGiver extends Migration {
  override up(): void {
    // As the owner of the database: a member who leaves has no right to invitations.
    this.addSql(`
      CREATE FUNCTION end_invitations() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = '' AS $$
      BEGIN
        UPDATE public.invitations SET revoked_at = now()
        WHERE workspace_id = OLD.workspace_id AND invited_by_id = OLD.user_id
          AND accepted_at IS NULL AND revoked_at IS NULL;
        RETURN NULL;
      END $$`);
    this.addSql(`
      CREATE TRIGGER memberships_end_invitations AFTER DELETE ON memberships
      FOR EACH ROW WHEN (OLD.role = 'OWNER') EXECUTE FUNCTION end_invitations()`);
    this.addSql(`
      CREATE TRIGGER memberships_end_invitations_of_former_owner AFTER UPDATE OF role ON memberships
      FOR EACH ROW WHEN (OLD.role = 'OWNER' AND NEW.role <> 'OWNER')
      EXECUTE FUNCTION end_invitations()`);
    this.addSql(`DELETE FROM oidc_payloads WHERE model = 'DeviceCode'`);
  }
}
