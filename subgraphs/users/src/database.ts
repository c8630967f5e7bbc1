import { openDatabase } from '@affluent/subgraph';

import { AccessToken } from './access-tokens/access-token.ts';
import { EmailToken } from './accounts/email-token.ts';
import { SignUpRequest } from './accounts/sign-up-request.ts';
import { CountedAttempt } from './attempts/counted-attempt.ts';
import { SignInFailure } from './attempts/sign-in-failure.ts';
import { AuditEvent } from './audit/audit-event.ts';
import { ConnectedAccount } from './connected-accounts/connected-account.ts';
import { OutsideOutcome } from './identity-providers/outside-outcome.ts';
import { Invitation } from './invitations/invitation.ts';
import { Membership } from './memberships/membership.ts';
import { Workspace } from './memberships/workspace.ts';
import { migrations } from './migrations/migrations.ts';
import { OAuthClient } from './oauth-clients/oauth-client.ts';
import { OidcPayload } from './oidc-store/oidc-payload.ts';
import { SigningKey } from './oidc/signing-key.ts';
import { PasskeyChallenge } from './passkeys/passkey-challenge.ts';
import { Passkey } from './passkeys/passkey.ts';
import { SessionRecord } from './sessions/session-record.ts';
import { User } from './users/user.ts';
import { DeletedWorkspace } from './workspaces/deleted-workspace.ts';

export const connect = (databaseUrl: string) =>
  openDatabase({
    databaseUrl,
    entities: [
      Passkey,
      PasskeyChallenge,
      OutsideOutcome,
      ConnectedAccount,
      CountedAttempt,
      SignUpRequest,
      EmailToken,
      Invitation,
      SessionRecord,
      User,
      Workspace,
      DeletedWorkspace,
      Membership,
      OidcPayload,
      SigningKey,
      SignInFailure,
      AuditEvent,
      OAuthClient,
      AccessToken,
    ],
    migrations,
  });
