import { buildSubgraph } from '@affluent/subgraph';

import { resolveUser, UserResolver } from './users/user.resolver.ts';
import { MembershipResolver } from './workspaces/membership.resolver.ts';
import { resolveWorkspace, WorkspaceResolver } from './workspaces/workspace.resolver.ts';

export const buildUsersSchema = () =>
  buildSubgraph({
    resolvers: [UserResolver, MembershipResolver, WorkspaceResolver],
    references: { User: resolveUser, Workspace: resolveWorkspace },
  });
