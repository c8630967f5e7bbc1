import { graphql } from '../generated/index.ts';

export const AccountDocument = graphql(`
  query Account {
    viewer {
      ...Profile
      hasPassword
    }
  }

  fragment Profile on User {
    id
    email
    displayName
    emailVerified
  }
`);

export const UpdateProfileDocument = graphql(`
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      viewer {
        id
        displayName
      }
    }
  }
`);

export const SendVerificationEmailDocument = graphql(`
  mutation SendVerificationEmail {
    sendVerificationEmail {
      email
    }
  }
`);

export const ChangePasswordDocument = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      viewer {
        id
        hasPassword
      }
    }
  }
`);

export const ConnectedAccountsDocument = graphql(`
  query ConnectedAccounts {
    identityProviders {
      id
      name
      connectUrl
    }
    viewer {
      id
      connectedAccounts {
        id
        email
        createdAt
        provider {
          id
        }
      }
    }
  }
`);

export const DisconnectAccountDocument = graphql(`
  mutation DisconnectAccount($id: ID!) {
    disconnectAccount(id: $id) {
      disconnectedId
    }
  }
`);
