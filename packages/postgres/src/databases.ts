import { Client, escapeIdentifier, escapeLiteral } from 'pg';

interface DatabaseOptions {
  /** Connects as someone who may make roles and databases. */
  readonly adminUrl: string;
  /** Of the database and of the role that owns it. */
  readonly name: string;
  readonly password: string;
}

/** The role that requests run as, for all databases of the server. Of several who make it at once one is the first. */
const REQUEST_ROLE_SQL = `
  DO $$ BEGIN
    PERFORM pg_advisory_xact_lock(7201414);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'affluent_request') THEN
      CREATE ROLE affluent_request NOLOGIN;
    END IF;
  END $$`;

/**
 * Makes a database and the one role that may connect to it, unless they are there, and sets the role's password.
 * @returns the URL by which that role connects.
 */
export async function ensureDatabase({
  adminUrl,
  name,
  password,
}: DatabaseOptions): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  // The query that runs is rejected as well.
  client.on('error', () => {});
  await client.connect();
  try {
    const id = escapeIdentifier(name);
    const role = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    // DDL takes no parameters: identifier and literal are escaped by the driver.
    await client.query(
      `${role.rowCount ? 'ALTER' : 'CREATE'} ROLE ${id} LOGIN PASSWORD ${escapeLiteral(password)}`,
    );
    await client.query(REQUEST_ROLE_SQL);
    await client.query(`GRANT affluent_request TO ${id}`);
    const database = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!database.rowCount) {
      // An owner must be a role of the caller's: managed servers give no superuser.
      await client.query(`GRANT ${id} TO CURRENT_USER`);
      await client.query(`CREATE DATABASE ${id} OWNER ${id} ENCODING 'UTF8' TEMPLATE template0`);
    }
    await client.query(`REVOKE CONNECT ON DATABASE ${id} FROM PUBLIC`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}
