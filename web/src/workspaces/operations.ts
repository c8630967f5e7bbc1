import { graphql } from '../generated/index.ts';

export const ViewerDocument = graphql(`
  query Viewer {
    viewer {
      id
      email
      displayName
      memberships {
        role
        workspace {
          id
          name
        }
      }
    }
  }
`);

export const CreateWorkspaceDocument = graphql(`
  mutation CreateWorkspace($input: CreateWorkspaceInput!) {
    createWorkspace(input: $input) {
      workspace {
        id
        name
      }
    }
  }
`);

export const MembershipsChangedDocument = graphql(`
  subscription MembershipsChanged {
    membershipsChanged {
      role
      workspace {
        id
        name
      }
    }
  }
`);
