import { graphql } from '../generated/index.ts';

export const SessionsDocument = graphql(`
  query Sessions {
    viewer {
      id
      sessions {
        id
        userAgent
        address
        createdAt
        lastUsedAt
        expiresAt
        isCurrent
      }
    }
  }
`);

export const EndSessionDocument = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id) {
      endedId
    }
  }
`);

export const SignOutEverywhereDocument = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      ended
    }
  }
`);
