import { graphql } from '../generated/index.ts';

export const InvitationsDocument = graphql(`
  query Invitations($workspaceId: ID!) {
    workspace(id: $workspaceId) {
      id
      invitations {
        id
        email
        role
        invitedBy
        expiresAt
      }
    }
  }
`);

export const InviteMemberDocument = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      invitation {
        id
        email
      }
      acceptUrl
    }
  }
`);

export const RevokeInvitationDocument = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id) {
      revokedId
    }
  }
`);

export const InvitationDocument = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      id
      email
      role
      workspaceName
      invitedBy
      expiresAt
    }
  }
`);

export const AcceptInvitationDocument = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      membership {
        role
        workspace {
          id
        }
      }
    }
  }
`);
