import { graphql } from '../generated/index.ts';

export const GrantsDocument = graphql(`
  query Grants {
    viewer {
      id
      grants {
        id
        clientId
        clientName
        logoUri
        scopes
        createdAt
        lastUsedAt
        expiresAt
        clientCredentials
      }
    }
  }
`);

export const RevokeGrantDocument = graphql(`
  mutation RevokeGrant($id: ID!) {
    revokeGrant(id: $id) {
      revokedId
    }
  }
`);
