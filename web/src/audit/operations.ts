import { graphql } from '../generated/index.ts';

export const ActivityDocument = graphql(`
  query Activity($first: Int!, $after: String) {
    viewer {
      id
      auditEvents(first: $first, after: $after) {
        ...AuditEvents
      }
    }
  }

  fragment AuditEvents on AuditEventConnection {
    edges {
      cursor
      node {
        id
        kind
        at
        address
        subject
        actor {
          id
          displayName
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

export const WorkspaceAuditDocument = graphql(`
  query WorkspaceAudit($id: ID!, $first: Int!, $after: String) {
    workspace(id: $id) {
      id
      auditEvents(first: $first, after: $after) {
        ...AuditEvents
      }
    }
  }
`);
