import type { MigrationObject } from '@mikro-orm/core';

import { CreateUsers } from './2026-11-23-create-users.ts';
import { ConnectAccounts } from './2026-11-24-connect-accounts.ts';
import { CreateAccessTokens } from './2026-11-24-create-access-tokens.ts';
import { CreateAuditLog } from './2026-11-24-create-audit-log.ts';
import { CreateInvitations } from './2026-11-24-create-invitations.ts';
import { CreateOAuthClients } from './2026-11-24-create-oauth-clients.ts';
import { CreatePasskeys } from './2026-11-24-create-passkeys.ts';
import { CreateSessions } from './2026-11-24-create-sessions.ts';
import { ListGrants } from './2026-11-24-list-grants.ts';
import { TellAccessChanges } from './2026-11-24-tell-access-changes.ts';
import { TellClientEnds } from './2026-11-24-tell-client-ends.ts';
import { VerifyEmails } from './2026-11-24-verify-emails.ts';
import { RowSecurity } from './2026-11-25-row-security.ts';
import { KeepTokenDigests } from './2026-11-26-keep-token-digests.ts';
import { KeepClientLogos } from './2026-11-27-keep-client-logos.ts';
import { OptInToClientCredentials } from './2026-11-27-opt-in-to-client-credentials.ts';
import { EndRightsWithTheirGiver } from './2026-11-28-end-rights-with-their-giver.ts';
import { KeepDeletedWorkspaces } from './2026-11-28-keep-deleted-workspaces.ts';

/** In the order in which they run. */
export const migrations: readonly MigrationObject[] = [
  { name: '2026-11-23-create-users', class: CreateUsers },
  { name: '2026-11-24-create-audit-log', class: CreateAuditLog },
  { name: '2026-11-24-create-sessions', class: CreateSessions },
  { name: '2026-11-24-create-oauth-clients', class: CreateOAuthClients },
  { name: '2026-11-24-create-access-tokens', class: CreateAccessTokens },
  { name: '2026-11-24-list-grants', class: ListGrants },
  { name: '2026-11-24-verify-emails', class: VerifyEmails },
  { name: '2026-11-24-connect-accounts', class: ConnectAccounts },
  { name: '2026-11-24-create-invitations', class: CreateInvitations },
  { name: '2026-11-24-create-passkeys', class: CreatePasskeys },
  { name: '2026-11-24-tell-access-changes', class: TellAccessChanges },
  { name: '2026-11-24-tell-client-ends', class: TellClientEnds },
  { name: '2026-11-25-row-security', class: RowSecurity },
  { name: '2026-11-26-keep-token-digests', class: KeepTokenDigests },
  { name: '2026-11-27-opt-in-to-client-credentials', class: OptInToClientCredentials },
  { name: '2026-11-27-keep-client-logos', class: KeepClientLogos },
  { name: '2026-11-28-end-rights-with-their-giver', class: EndRightsWithTheirGiver },
  { name: '2026-11-28-keep-deleted-workspaces', class: KeepDeletedWorkspaces },
];
