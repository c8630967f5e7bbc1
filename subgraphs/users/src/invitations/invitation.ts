import { WORKSPACE_SCOPES } from '@affluent/service';
import { DateTime, RequiresAnyScope } from '@affluent/subgraph';
import { defineEntity, p } from '@mikro-orm/core';
import { Field, ID, ObjectType } from 'type-graphql';

import { WorkspaceRole } from '../memberships/membership.ts';
import { Workspace } from '../memberships/workspace.ts';
import { User } from '../users/user.ts';

const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    id: p.uuid().primary(),
    workspace: () => p.manyToOne(Workspace),
    invitedBy: () => p.manyToOne(User),
    email: p.text(),
    role: p.enum(() => WorkspaceRole),
    /** Of the token in the link. */
    digest: p.text().hidden(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

@ObjectType({
  description: 'An offer to join a workspace with a role. It expires after seven days.',
})
@RequiresAnyScope(...WORKSPACE_SCOPES)
export class Invitation extends InvitationSchema.class {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, {
    description:
      'Address of the invited person. An account with another address cannot accept the invitation.',
  })
  declare email: string;

  @Field(() => WorkspaceRole)
  declare role: WorkspaceRole;

  @Field(() => DateTime)
  declare createdAt: Date;

  @Field(() => DateTime)
  declare expiresAt: Date;
}
InvitationSchema.setClass(Invitation);

/** That can still be accepted. */
export const isOpen = () => ({ acceptedAt: null, revokedAt: null, expiresAt: { $gt: new Date() } });
