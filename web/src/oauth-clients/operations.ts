import { graphql } from '../generated/index.ts';

export const OAuthClientsDocument = graphql(`
  query OAuthClients {
    viewer {
      id
      oauthClients {
        ...RegisteredClient
      }
    }
  }

  fragment RegisteredClient on OAuthClient {
    id
    clientId
    name
    type
    redirectUris
    postLogoutRedirectUris
    logoUri
    logoPath
    scopes
    clientCredentials
    createdAt
  }
`);

export const RegisterOAuthClientDocument = graphql(`
  mutation RegisterOAuthClient($input: RegisterOAuthClientInput!) {
    registerOAuthClient(input: $input) {
      client {
        id
        clientId
        name
      }
      clientSecret
    }
  }
`);

export const UpdateOAuthClientDocument = graphql(`
  mutation UpdateOAuthClient($input: UpdateOAuthClientInput!) {
    updateOAuthClient(input: $input) {
      client {
        id
        name
        redirectUris
        postLogoutRedirectUris
        logoUri
        logoPath
        scopes
        clientCredentials
      }
    }
  }
`);

export const RotateOAuthClientSecretDocument = graphql(`
  mutation RotateOAuthClientSecret($id: ID!) {
    rotateOAuthClientSecret(id: $id) {
      client {
        id
        clientId
        name
      }
      clientSecret
    }
  }
`);

export const DeleteOAuthClientDocument = graphql(`
  mutation DeleteOAuthClient($id: ID!) {
    deleteOAuthClient(id: $id) {
      deletedId
    }
  }
`);
