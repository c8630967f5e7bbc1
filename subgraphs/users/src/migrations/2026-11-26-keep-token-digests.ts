import { Migration } from '@mikro-orm/migrations';

/** Codes and refresh tokens are kept as `digestOf` writes it, those that are there already too. */
export class KeepTokenDigests extends Migration {
  override up(): void {
    this.addSql(`
      UPDATE oidc_payloads SET payload = payload - 'jti',
        id = rtrim(translate(encode(sha256(convert_to(id, 'UTF8')), 'base64'), '+/', '-_'), '=')
      WHERE model IN ('AuthorizationCode', 'RefreshToken')`);
  }
}
