import { WORKSPACE_SCOPES } from '@affluent/service';
import { DateTime, RequiresAnyScope } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

import { User } from '../users/user.ts';
import { Workspace } from './workspace.ts';

/** Names and values are equal: a default of an input field is kept in the SDL by name. */
export const WorkspaceRole = { OWNER: 'OWNER', EDITOR: 'EDITOR', VIEWER: 'VIEWER' } as const;
export type WorkspaceRole = (typeof WorkspaceRole)[keyof typeof WorkspaceRole];
registerEnumType(WorkspaceRole, {
  name: 'WorkspaceRole',
  description:
    'Viewers read; editors also import, append and save; owners also manage the workspace.',
});

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  properties: {
    user: () => p.manyToOne(User).primary(),
    workspace: () => p.manyToOne(Workspace).primary(),
    role: p.enum(() => WorkspaceRole),
    createdAt: p.datetime(),
  },
});

@ObjectType({ description: "A person's place in a workspace." })
@RequiresAnyScope(...WORKSPACE_SCOPES)
export class Membership extends MembershipSchema.class {
  @Field(() => WorkspaceRole)
  declare role: WorkspaceRole;

  @Field(() => DateTime)
  declare createdAt: Date;
}
MembershipSchema.setClass(Membership);
