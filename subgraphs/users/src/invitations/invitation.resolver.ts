import {
  Authenticated,
  Cost,
  DomainError,
  identityOf,
  isUuid,
  RequiresScopes,
} from '@affluent/subgraph';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { Membership, WorkspaceRole } from '../memberships/membership.ts';
import { asOwner } from '../workspaces/workspace.policy.ts';
import { acceptInvitation, findInvitation, forkWithLink } from './accept.ts';
import { Invitation, isOpen } from './invitation.ts';
import { invite } from './invite.ts';

@InputType()
class InviteMemberInput {
  @Field(() => ID)
  workspaceId!: string;

  @Field(() => String)
  email!: string;

  @Field(() => WorkspaceRole, { defaultValue: WorkspaceRole.VIEWER })
  role!: WorkspaceRole;
}

@InputType()
class AcceptInvitationInput {
  @Field(() => String, { description: 'The last part of the link.' })
  token!: string;
}

@ObjectType()
@Authenticated()
class InviteMemberPayload {
  @Field(() => Invitation)
  invitation!: Invitation;

  @Field(() => String, {
    description:
      'The link that was mailed. It cannot be read again; pass it on where no mail is sent.',
  })
  acceptUrl!: string;
}

@ObjectType()
@Authenticated()
class RevokeInvitationPayload {
  @Field(() => ID)
  revokedId!: string;
}

@ObjectType()
@Authenticated()
class AcceptInvitationPayload {
  @Field(() => Membership)
  membership!: Membership;
}

/** Queries for invitations populate workspace and inviter. */
@Resolver(() => Invitation)
export class InvitationResolver {
  @Query(() => Invitation, {
    nullable: true,
    description:
      'The invitation of a link, for any caller with the link; null when it is unknown, used, revoked or expired.',
  })
  @Authenticated()
  invitation(
    @Arg('token', () => String) token: string,
    @Ctx() context: Context,
  ): Promise<Invitation | null> {
    return findInvitation(forkWithLink(context, token), token);
  }

  @FieldResolver(() => String)
  workspaceName(@Root() { workspace }: Invitation): string {
    return workspace.name;
  }

  @FieldResolver(() => String, { description: 'The name of the owner who invites.' })
  invitedBy(@Root() { invitedBy }: Invitation): string {
    return invitedBy.displayName;
  }

  @Mutation(() => InviteMemberPayload, {
    description:
      'Invites a person by e-mail; an open invitation of the same address is replaced. For owners. Errors: NOT_FOUND, FORBIDDEN (also until the owner has confirmed their address, where mail is sent), BAD_USER_INPUT, CONFLICT when they are a member already or 100 invitations wait, RATE_LIMITED after 200 invitations of the owner, or five to the address, in a day.',
  })
  @RequiresScopes('workspaces:write')
  @Cost(50)
  inviteMember(
    @Arg('input', () => InviteMemberInput) input: InviteMemberInput,
    @Ctx() context: Context,
  ): Promise<InviteMemberPayload> {
    return invite(context, input);
  }

  @Mutation(() => RevokeInvitationPayload, {
    description: 'Takes an open invitation back. For owners. Errors: NOT_FOUND, FORBIDDEN.',
  })
  @RequiresScopes('workspaces:write')
  async revokeInvitation(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
  ): Promise<RevokeInvitationPayload> {
    const unknown = new DomainError('NOT_FOUND', 'There is no such invitation.');
    const found = isUuid(id) ? await context.em.findOne(Invitation, { id, ...isOpen() }) : null;
    if (!found || !(await context.memberships.ownIn(found.workspace.id))) throw unknown;
    await asOwner(context, found.workspace.id, async ({ em, workspace }) => {
      const revokedAt = new Date();
      if ((await em.nativeUpdate(Invitation, { id, ...isOpen() }, { revokedAt })) === 0)
        throw unknown;
      await recordAuditEvent(em, {
        kind: 'INVITATION_REVOKED',
        actorId: identityOf(context).userId,
        workspaceId: workspace.id,
        subject: found.email,
      });
    });
    return { revokedId: id };
  }

  @Mutation(() => AcceptInvitationPayload, {
    description:
      'Makes the caller a member, as the link says. Errors: NOT_FOUND when it is unknown or over, FORBIDDEN when it is for another e-mail address.',
  })
  @RequiresScopes('workspaces:write')
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput) { token }: AcceptInvitationInput,
    @Ctx() context: Context,
  ): Promise<AcceptInvitationPayload> {
    const { workspace } = await acceptInvitation(context, token);
    const membership = await context.memberships.ownIn(workspace.id);
    if (!membership) throw new DomainError('NOT_FOUND', 'The workspace was deleted just now.');
    return { membership };
  }
}
