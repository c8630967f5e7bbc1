import { buildSubgraph } from '@affluent/subgraph';

import { AccessTokenResolver } from './access-tokens/access-token.resolver.ts';
import { AccountResolver } from './accounts/account.resolver.ts';
import {
  AuditEventResolver,
  UserAuditResolver,
  WorkspaceAuditResolver,
} from './audit-log/audit.resolver.ts';
import {
  ConnectedAccountResolver,
  UserConnectedAccountsResolver,
} from './connected-accounts/connected-account.resolver.ts';
import { GrantResolver } from './grants/grant.resolver.ts';
import { InvitationResolver } from './invitations/invitation.resolver.ts';
import { WorkspaceInvitationsResolver } from './invitations/workspace-invitations.resolver.ts';
import {
  OAuthClientLogoResolver,
  OAuthClientResolver,
} from './oauth-clients/oauth-client.resolver.ts';
import { PasskeyResolver } from './passkeys/passkey.resolver.ts';
import { SessionResolver } from './sessions/session.resolver.ts';
import { DeletedWorkspacesResolver } from './workspaces/deleted-workspaces.resolver.ts';
import { MemberResolver } from './workspaces/member.resolver.ts';
import { MembershipChangesResolver } from './workspaces/membership-changes.resolver.ts';
import { MembershipResolver } from './workspaces/membership.resolver.ts';
import { resolveUser, UserResolver } from './workspaces/user.resolver.ts';
import { WorkspaceSettingsResolver } from './workspaces/workspace-settings.resolver.ts';
import { resolveWorkspace, WorkspaceResolver } from './workspaces/workspace.resolver.ts';

/** Of one person. */
export const MUTATIONS_PER_HOUR = 1_000;

export const buildUsersSchema = () =>
  buildSubgraph({
    resolvers: [
      AccountResolver,
      ConnectedAccountResolver,
      UserConnectedAccountsResolver,
      PasskeyResolver,
      MemberResolver,
      WorkspaceSettingsResolver,
      MembershipChangesResolver,
      InvitationResolver,
      WorkspaceInvitationsResolver,
      AuditEventResolver,
      UserAuditResolver,
      WorkspaceAuditResolver,
      SessionResolver,
      OAuthClientLogoResolver,
      OAuthClientResolver,
      GrantResolver,
      AccessTokenResolver,
      UserResolver,
      MembershipResolver,
      WorkspaceResolver,
      DeletedWorkspacesResolver,
    ],
    mutationLimit: { perHour: MUTATIONS_PER_HOUR },
    references: { User: resolveUser, Workspace: resolveWorkspace },
  });
