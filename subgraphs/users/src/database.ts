import { openDatabase } from '@affluent/subgraph';

import { migrations } from './migrations/index.ts';
import { OidcPayload } from './oidc/oidc-payload.ts';
import { SigningKey } from './oidc/signing-key.ts';
import { SignInFailure } from './sign-in/sign-in-failure.ts';
import { User } from './users/user.ts';
import { Membership } from './workspaces/membership.ts';
import { Workspace } from './workspaces/workspace.ts';

export const connect = (databaseUrl: string) =>
  openDatabase({
    databaseUrl,
    entities: [User, Workspace, Membership, OidcPayload, SigningKey, SignInFailure],
    migrations,
  });
