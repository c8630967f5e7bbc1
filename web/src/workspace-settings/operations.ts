import { graphql } from '../generated/index.ts';

export const WorkspaceDocument = graphql(`
  query Workspace($id: ID!) {
    workspace(id: $id) {
      id
      name
      members {
        ...Member
      }
    }
  }

  fragment Member on Membership {
    role
    createdAt
    user {
      id
      displayName
      email
    }
  }
`);

export const RenameWorkspaceDocument = graphql(`
  mutation RenameWorkspace($input: RenameWorkspaceInput!) {
    renameWorkspace(input: $input) {
      workspace {
        id
        name
      }
    }
  }
`);

export const ChangeMemberRoleDocument = graphql(`
  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {
    changeMemberRole(input: $input) {
      membership {
        role
      }
    }
  }
`);

export const RemoveMemberDocument = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      workspace {
        id
      }
    }
  }
`);

export const TransferWorkspaceDocument = graphql(`
  mutation TransferWorkspace($input: TransferWorkspaceInput!) {
    transferWorkspace(input: $input) {
      workspace {
        id
      }
    }
  }
`);

export const LeaveWorkspaceDocument = graphql(`
  mutation LeaveWorkspace($id: ID!) {
    leaveWorkspace(id: $id) {
      leftId
    }
  }
`);

export const DeleteWorkspaceDocument = graphql(`
  mutation DeleteWorkspace($id: ID!) {
    deleteWorkspace(id: $id) {
      deletedId
    }
  }
`);
