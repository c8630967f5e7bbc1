/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query AccessTokens {\n    viewer {\n      id\n      accessTokens {\n        id\n        name\n        scopes\n        createdAt\n        expiresAt\n        lastUsedAt\n      }\n    }\n  }\n": typeof types.AccessTokensDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n    }\n  }\n": typeof types.CreateAccessTokenDocument,
    "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      revokedId\n    }\n  }\n": typeof types.RevokeAccessTokenDocument,
    "\n  query Account {\n    viewer {\n      ...Profile\n      hasPassword\n    }\n  }\n\n  fragment Profile on User {\n    id\n    email\n    displayName\n    emailVerified\n  }\n": typeof types.AccountDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        displayName\n      }\n    }\n  }\n": typeof types.UpdateProfileDocument,
    "\n  mutation SendVerificationEmail {\n    sendVerificationEmail {\n      email\n    }\n  }\n": typeof types.SendVerificationEmailDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        id\n        hasPassword\n      }\n    }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query ConnectedAccounts {\n    identityProviders {\n      id\n      name\n      connectUrl\n    }\n    viewer {\n      id\n      connectedAccounts {\n        id\n        email\n        createdAt\n        provider {\n          id\n        }\n      }\n    }\n  }\n": typeof types.ConnectedAccountsDocument,
    "\n  mutation DisconnectAccount($id: ID!) {\n    disconnectAccount(id: $id) {\n      disconnectedId\n    }\n  }\n": typeof types.DisconnectAccountDocument,
    "\n  query Activity($first: Int!, $after: String) {\n    viewer {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n\n  fragment AuditEvents on AuditEventConnection {\n    edges {\n      cursor\n      node {\n        id\n        kind\n        at\n        address\n        subject\n        actor {\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.ActivityDocument,
    "\n  query WorkspaceAudit($id: ID!, $first: Int!, $after: String) {\n    workspace(id: $id) {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n": typeof types.WorkspaceAuditDocument,
    "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        cursor\n        points {\n          x\n          y\n          yExact\n          count\n          group\n        }\n      }\n    }\n  }\n": typeof types.SeriesDocument,
    "\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n": typeof types.ChartsDocument,
    "\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n": typeof types.CreateChartDocument,
    "\n  fragment ChartedDataset on Dataset {\n    id\n    columns {\n      name\n      type\n    }\n    timeColumn {\n      name\n    }\n  }\n": typeof types.ChartedDatasetFragmentDoc,
    "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DatasetsDocument,
    "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      ...DatasetDetails\n      ...ChartedDataset\n      ...DatasetImports\n      workspace {\n        id\n      }\n    }\n  }\n\n  fragment DatasetDetails on Dataset {\n    id\n    name\n    rowCount\n    updatedAt\n    columns {\n      name\n      type\n      nullable\n    }\n  }\n": typeof types.DatasetDocument,
    "\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n": typeof types.DatasetRowCountDocument,
    "\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.DataPointsDocument,
    "\n  query Grants {\n    viewer {\n      id\n      grants {\n        id\n        clientId\n        clientName\n        logoUri\n        scopes\n        createdAt\n        lastUsedAt\n        expiresAt\n        clientCredentials\n      }\n    }\n  }\n": typeof types.GrantsDocument,
    "\n  mutation RevokeGrant($id: ID!) {\n    revokeGrant(id: $id) {\n      revokedId\n    }\n  }\n": typeof types.RevokeGrantDocument,
    "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n": typeof types.ImportDatasetDocument,
    "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportDetails\n    }\n  }\n\n  fragment ImportDetails on Import {\n    ...ImportState\n    dataset {\n      id\n      name\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n": typeof types.ImportDocument,
    "\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n": typeof types.ImportProgressedDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n": typeof types.CancelImportDocument,
    "\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.RejectsDocument,
    "\n  query ImportTarget($id: ID!) {\n    dataset(id: $id) {\n      ...ImportTarget\n    }\n  }\n\n  fragment ImportTarget on Dataset {\n    id\n    name\n    workspace {\n      id\n    }\n  }\n": typeof types.ImportTargetDocument,
    "\n  fragment DatasetImports on Dataset {\n    imports {\n      id\n      status\n      fileName\n      rowsImported\n      rowsRejected\n      createdAt\n    }\n  }\n": typeof types.DatasetImportsFragmentDoc,
    "\n  query Invitations($workspaceId: ID!) {\n    workspace(id: $workspaceId) {\n      id\n      invitations {\n        id\n        email\n        role\n        invitedBy\n        expiresAt\n      }\n    }\n  }\n": typeof types.InvitationsDocument,
    "\n  mutation InviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      invitation {\n        id\n        email\n      }\n      acceptUrl\n    }\n  }\n": typeof types.InviteMemberDocument,
    "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id) {\n      revokedId\n    }\n  }\n": typeof types.RevokeInvitationDocument,
    "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      id\n      email\n      role\n      workspaceName\n      invitedBy\n      expiresAt\n    }\n  }\n": typeof types.InvitationDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      membership {\n        role\n        workspace {\n          id\n        }\n      }\n    }\n  }\n": typeof types.AcceptInvitationDocument,
    "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      cursor\n    }\n  }\n": typeof types.DataPointsAppendedDocument,
    "\n  query OAuthClients {\n    viewer {\n      id\n      oauthClients {\n        ...RegisteredClient\n      }\n    }\n  }\n\n  fragment RegisteredClient on OAuthClient {\n    id\n    clientId\n    name\n    type\n    redirectUris\n    postLogoutRedirectUris\n    logoUri\n    logoPath\n    scopes\n    clientCredentials\n    createdAt\n  }\n": typeof types.OAuthClientsDocument,
    "\n  mutation RegisterOAuthClient($input: RegisterOAuthClientInput!) {\n    registerOAuthClient(input: $input) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n": typeof types.RegisterOAuthClientDocument,
    "\n  mutation UpdateOAuthClient($input: UpdateOAuthClientInput!) {\n    updateOAuthClient(input: $input) {\n      client {\n        id\n        name\n        redirectUris\n        postLogoutRedirectUris\n        logoUri\n        logoPath\n        scopes\n        clientCredentials\n      }\n    }\n  }\n": typeof types.UpdateOAuthClientDocument,
    "\n  mutation RotateOAuthClientSecret($id: ID!) {\n    rotateOAuthClientSecret(id: $id) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n": typeof types.RotateOAuthClientSecretDocument,
    "\n  mutation DeleteOAuthClient($id: ID!) {\n    deleteOAuthClient(id: $id) {\n      deletedId\n    }\n  }\n": typeof types.DeleteOAuthClientDocument,
    "\n  query Passkeys {\n    viewer {\n      id\n      passkeys {\n        id\n        name\n        isBackedUp\n        createdAt\n        lastUsedAt\n      }\n    }\n  }\n": typeof types.PasskeysDocument,
    "\n  mutation StartPasskeyRegistration {\n    startPasskeyRegistration {\n      options\n    }\n  }\n": typeof types.StartPasskeyRegistrationDocument,
    "\n  mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {\n    finishPasskeyRegistration(input: $input) {\n      passkey {\n        id\n      }\n    }\n  }\n": typeof types.FinishPasskeyRegistrationDocument,
    "\n  mutation RenamePasskey($input: RenamePasskeyInput!) {\n    renamePasskey(input: $input) {\n      passkey {\n        id\n        name\n      }\n    }\n  }\n": typeof types.RenamePasskeyDocument,
    "\n  mutation RemovePasskey($id: ID!) {\n    removePasskey(id: $id) {\n      removedId\n    }\n  }\n": typeof types.RemovePasskeyDocument,
    "\n  query Sessions {\n    viewer {\n      id\n      sessions {\n        id\n        userAgent\n        address\n        createdAt\n        lastUsedAt\n        expiresAt\n        isCurrent\n      }\n    }\n  }\n": typeof types.SessionsDocument,
    "\n  mutation EndSession($id: ID!) {\n    endSession(id: $id) {\n      endedId\n    }\n  }\n": typeof types.EndSessionDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      ended\n    }\n  }\n": typeof types.SignOutEverywhereDocument,
    "\n  query Workspace($id: ID!) {\n    workspace(id: $id) {\n      id\n      name\n      members {\n        ...Member\n      }\n    }\n  }\n\n  fragment Member on Membership {\n    role\n    createdAt\n    user {\n      id\n      displayName\n      email\n    }\n  }\n": typeof types.WorkspaceDocument,
    "\n  mutation RenameWorkspace($input: RenameWorkspaceInput!) {\n    renameWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": typeof types.RenameWorkspaceDocument,
    "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        role\n      }\n    }\n  }\n": typeof types.ChangeMemberRoleDocument,
    "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n": typeof types.RemoveMemberDocument,
    "\n  mutation TransferWorkspace($input: TransferWorkspaceInput!) {\n    transferWorkspace(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n": typeof types.TransferWorkspaceDocument,
    "\n  mutation LeaveWorkspace($id: ID!) {\n    leaveWorkspace(id: $id) {\n      leftId\n    }\n  }\n": typeof types.LeaveWorkspaceDocument,
    "\n  mutation DeleteWorkspace($id: ID!) {\n    deleteWorkspace(id: $id) {\n      deletedId\n    }\n  }\n": typeof types.DeleteWorkspaceDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": typeof types.CreateWorkspaceDocument,
    "\n  subscription MembershipsChanged {\n    membershipsChanged {\n      role\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": typeof types.MembershipsChangedDocument,
};
const documents: Documents = {
    "\n  query AccessTokens {\n    viewer {\n      id\n      accessTokens {\n        id\n        name\n        scopes\n        createdAt\n        expiresAt\n        lastUsedAt\n      }\n    }\n  }\n": types.AccessTokensDocument,
    "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n    }\n  }\n": types.CreateAccessTokenDocument,
    "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      revokedId\n    }\n  }\n": types.RevokeAccessTokenDocument,
    "\n  query Account {\n    viewer {\n      ...Profile\n      hasPassword\n    }\n  }\n\n  fragment Profile on User {\n    id\n    email\n    displayName\n    emailVerified\n  }\n": types.AccountDocument,
    "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        displayName\n      }\n    }\n  }\n": types.UpdateProfileDocument,
    "\n  mutation SendVerificationEmail {\n    sendVerificationEmail {\n      email\n    }\n  }\n": types.SendVerificationEmailDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        id\n        hasPassword\n      }\n    }\n  }\n": types.ChangePasswordDocument,
    "\n  query ConnectedAccounts {\n    identityProviders {\n      id\n      name\n      connectUrl\n    }\n    viewer {\n      id\n      connectedAccounts {\n        id\n        email\n        createdAt\n        provider {\n          id\n        }\n      }\n    }\n  }\n": types.ConnectedAccountsDocument,
    "\n  mutation DisconnectAccount($id: ID!) {\n    disconnectAccount(id: $id) {\n      disconnectedId\n    }\n  }\n": types.DisconnectAccountDocument,
    "\n  query Activity($first: Int!, $after: String) {\n    viewer {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n\n  fragment AuditEvents on AuditEventConnection {\n    edges {\n      cursor\n      node {\n        id\n        kind\n        at\n        address\n        subject\n        actor {\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.ActivityDocument,
    "\n  query WorkspaceAudit($id: ID!, $first: Int!, $after: String) {\n    workspace(id: $id) {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n": types.WorkspaceAuditDocument,
    "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        cursor\n        points {\n          x\n          y\n          yExact\n          count\n          group\n        }\n      }\n    }\n  }\n": types.SeriesDocument,
    "\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n": types.ChartsDocument,
    "\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n": types.CreateChartDocument,
    "\n  fragment ChartedDataset on Dataset {\n    id\n    columns {\n      name\n      type\n    }\n    timeColumn {\n      name\n    }\n  }\n": types.ChartedDatasetFragmentDoc,
    "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DatasetsDocument,
    "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      ...DatasetDetails\n      ...ChartedDataset\n      ...DatasetImports\n      workspace {\n        id\n      }\n    }\n  }\n\n  fragment DatasetDetails on Dataset {\n    id\n    name\n    rowCount\n    updatedAt\n    columns {\n      name\n      type\n      nullable\n    }\n  }\n": types.DatasetDocument,
    "\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n": types.DatasetRowCountDocument,
    "\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.DataPointsDocument,
    "\n  query Grants {\n    viewer {\n      id\n      grants {\n        id\n        clientId\n        clientName\n        logoUri\n        scopes\n        createdAt\n        lastUsedAt\n        expiresAt\n        clientCredentials\n      }\n    }\n  }\n": types.GrantsDocument,
    "\n  mutation RevokeGrant($id: ID!) {\n    revokeGrant(id: $id) {\n      revokedId\n    }\n  }\n": types.RevokeGrantDocument,
    "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n": types.ImportDatasetDocument,
    "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportDetails\n    }\n  }\n\n  fragment ImportDetails on Import {\n    ...ImportState\n    dataset {\n      id\n      name\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n": types.ImportDocument,
    "\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n": types.ImportProgressedDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n": types.CancelImportDocument,
    "\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.RejectsDocument,
    "\n  query ImportTarget($id: ID!) {\n    dataset(id: $id) {\n      ...ImportTarget\n    }\n  }\n\n  fragment ImportTarget on Dataset {\n    id\n    name\n    workspace {\n      id\n    }\n  }\n": types.ImportTargetDocument,
    "\n  fragment DatasetImports on Dataset {\n    imports {\n      id\n      status\n      fileName\n      rowsImported\n      rowsRejected\n      createdAt\n    }\n  }\n": types.DatasetImportsFragmentDoc,
    "\n  query Invitations($workspaceId: ID!) {\n    workspace(id: $workspaceId) {\n      id\n      invitations {\n        id\n        email\n        role\n        invitedBy\n        expiresAt\n      }\n    }\n  }\n": types.InvitationsDocument,
    "\n  mutation InviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      invitation {\n        id\n        email\n      }\n      acceptUrl\n    }\n  }\n": types.InviteMemberDocument,
    "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id) {\n      revokedId\n    }\n  }\n": types.RevokeInvitationDocument,
    "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      id\n      email\n      role\n      workspaceName\n      invitedBy\n      expiresAt\n    }\n  }\n": types.InvitationDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      membership {\n        role\n        workspace {\n          id\n        }\n      }\n    }\n  }\n": types.AcceptInvitationDocument,
    "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      cursor\n    }\n  }\n": types.DataPointsAppendedDocument,
    "\n  query OAuthClients {\n    viewer {\n      id\n      oauthClients {\n        ...RegisteredClient\n      }\n    }\n  }\n\n  fragment RegisteredClient on OAuthClient {\n    id\n    clientId\n    name\n    type\n    redirectUris\n    postLogoutRedirectUris\n    logoUri\n    logoPath\n    scopes\n    clientCredentials\n    createdAt\n  }\n": types.OAuthClientsDocument,
    "\n  mutation RegisterOAuthClient($input: RegisterOAuthClientInput!) {\n    registerOAuthClient(input: $input) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n": types.RegisterOAuthClientDocument,
    "\n  mutation UpdateOAuthClient($input: UpdateOAuthClientInput!) {\n    updateOAuthClient(input: $input) {\n      client {\n        id\n        name\n        redirectUris\n        postLogoutRedirectUris\n        logoUri\n        logoPath\n        scopes\n        clientCredentials\n      }\n    }\n  }\n": types.UpdateOAuthClientDocument,
    "\n  mutation RotateOAuthClientSecret($id: ID!) {\n    rotateOAuthClientSecret(id: $id) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n": types.RotateOAuthClientSecretDocument,
    "\n  mutation DeleteOAuthClient($id: ID!) {\n    deleteOAuthClient(id: $id) {\n      deletedId\n    }\n  }\n": types.DeleteOAuthClientDocument,
    "\n  query Passkeys {\n    viewer {\n      id\n      passkeys {\n        id\n        name\n        isBackedUp\n        createdAt\n        lastUsedAt\n      }\n    }\n  }\n": types.PasskeysDocument,
    "\n  mutation StartPasskeyRegistration {\n    startPasskeyRegistration {\n      options\n    }\n  }\n": types.StartPasskeyRegistrationDocument,
    "\n  mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {\n    finishPasskeyRegistration(input: $input) {\n      passkey {\n        id\n      }\n    }\n  }\n": types.FinishPasskeyRegistrationDocument,
    "\n  mutation RenamePasskey($input: RenamePasskeyInput!) {\n    renamePasskey(input: $input) {\n      passkey {\n        id\n        name\n      }\n    }\n  }\n": types.RenamePasskeyDocument,
    "\n  mutation RemovePasskey($id: ID!) {\n    removePasskey(id: $id) {\n      removedId\n    }\n  }\n": types.RemovePasskeyDocument,
    "\n  query Sessions {\n    viewer {\n      id\n      sessions {\n        id\n        userAgent\n        address\n        createdAt\n        lastUsedAt\n        expiresAt\n        isCurrent\n      }\n    }\n  }\n": types.SessionsDocument,
    "\n  mutation EndSession($id: ID!) {\n    endSession(id: $id) {\n      endedId\n    }\n  }\n": types.EndSessionDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      ended\n    }\n  }\n": types.SignOutEverywhereDocument,
    "\n  query Workspace($id: ID!) {\n    workspace(id: $id) {\n      id\n      name\n      members {\n        ...Member\n      }\n    }\n  }\n\n  fragment Member on Membership {\n    role\n    createdAt\n    user {\n      id\n      displayName\n      email\n    }\n  }\n": types.WorkspaceDocument,
    "\n  mutation RenameWorkspace($input: RenameWorkspaceInput!) {\n    renameWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": types.RenameWorkspaceDocument,
    "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        role\n      }\n    }\n  }\n": types.ChangeMemberRoleDocument,
    "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n": types.RemoveMemberDocument,
    "\n  mutation TransferWorkspace($input: TransferWorkspaceInput!) {\n    transferWorkspace(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n": types.TransferWorkspaceDocument,
    "\n  mutation LeaveWorkspace($id: ID!) {\n    leaveWorkspace(id: $id) {\n      leftId\n    }\n  }\n": types.LeaveWorkspaceDocument,
    "\n  mutation DeleteWorkspace($id: ID!) {\n    deleteWorkspace(id: $id) {\n      deletedId\n    }\n  }\n": types.DeleteWorkspaceDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.ViewerDocument,
    "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": types.CreateWorkspaceDocument,
    "\n  subscription MembershipsChanged {\n    membershipsChanged {\n      role\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": types.MembershipsChangedDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessTokens {\n    viewer {\n      id\n      accessTokens {\n        id\n        name\n        scopes\n        createdAt\n        expiresAt\n        lastUsedAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccessTokens {\n    viewer {\n      id\n      accessTokens {\n        id\n        name\n        scopes\n        createdAt\n        expiresAt\n        lastUsedAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n    }\n  }\n"): (typeof documents)["\n  mutation CreateAccessToken($input: CreateAccessTokenInput!) {\n    createAccessToken(input: $input) {\n      token\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      revokedId\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeAccessToken($id: ID!) {\n    revokeAccessToken(id: $id) {\n      revokedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Account {\n    viewer {\n      ...Profile\n      hasPassword\n    }\n  }\n\n  fragment Profile on User {\n    id\n    email\n    displayName\n    emailVerified\n  }\n"): (typeof documents)["\n  query Account {\n    viewer {\n      ...Profile\n      hasPassword\n    }\n  }\n\n  fragment Profile on User {\n    id\n    email\n    displayName\n    emailVerified\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        displayName\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateProfile($input: UpdateProfileInput!) {\n    updateProfile(input: $input) {\n      viewer {\n        id\n        displayName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendVerificationEmail {\n    sendVerificationEmail {\n      email\n    }\n  }\n"): (typeof documents)["\n  mutation SendVerificationEmail {\n    sendVerificationEmail {\n      email\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        id\n        hasPassword\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      viewer {\n        id\n        hasPassword\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConnectedAccounts {\n    identityProviders {\n      id\n      name\n      connectUrl\n    }\n    viewer {\n      id\n      connectedAccounts {\n        id\n        email\n        createdAt\n        provider {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ConnectedAccounts {\n    identityProviders {\n      id\n      name\n      connectUrl\n    }\n    viewer {\n      id\n      connectedAccounts {\n        id\n        email\n        createdAt\n        provider {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisconnectAccount($id: ID!) {\n    disconnectAccount(id: $id) {\n      disconnectedId\n    }\n  }\n"): (typeof documents)["\n  mutation DisconnectAccount($id: ID!) {\n    disconnectAccount(id: $id) {\n      disconnectedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Activity($first: Int!, $after: String) {\n    viewer {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n\n  fragment AuditEvents on AuditEventConnection {\n    edges {\n      cursor\n      node {\n        id\n        kind\n        at\n        address\n        subject\n        actor {\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  query Activity($first: Int!, $after: String) {\n    viewer {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n\n  fragment AuditEvents on AuditEventConnection {\n    edges {\n      cursor\n      node {\n        id\n        kind\n        at\n        address\n        subject\n        actor {\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkspaceAudit($id: ID!, $first: Int!, $after: String) {\n    workspace(id: $id) {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n"): (typeof documents)["\n  query WorkspaceAudit($id: ID!, $first: Int!, $after: String) {\n    workspace(id: $id) {\n      id\n      auditEvents(first: $first, after: $after) {\n        ...AuditEvents\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        cursor\n        points {\n          x\n          y\n          yExact\n          count\n          group\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        cursor\n        points {\n          x\n          y\n          yExact\n          count\n          group\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n"): (typeof documents)["\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChartedDataset on Dataset {\n    id\n    columns {\n      name\n      type\n    }\n    timeColumn {\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment ChartedDataset on Dataset {\n    id\n    columns {\n      name\n      type\n    }\n    timeColumn {\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      ...DatasetDetails\n      ...ChartedDataset\n      ...DatasetImports\n      workspace {\n        id\n      }\n    }\n  }\n\n  fragment DatasetDetails on Dataset {\n    id\n    name\n    rowCount\n    updatedAt\n    columns {\n      name\n      type\n      nullable\n    }\n  }\n"): (typeof documents)["\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      ...DatasetDetails\n      ...ChartedDataset\n      ...DatasetImports\n      workspace {\n        id\n      }\n    }\n  }\n\n  fragment DatasetDetails on Dataset {\n    id\n    name\n    rowCount\n    updatedAt\n    columns {\n      name\n      type\n      nullable\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n"): (typeof documents)["\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Grants {\n    viewer {\n      id\n      grants {\n        id\n        clientId\n        clientName\n        logoUri\n        scopes\n        createdAt\n        lastUsedAt\n        expiresAt\n        clientCredentials\n      }\n    }\n  }\n"): (typeof documents)["\n  query Grants {\n    viewer {\n      id\n      grants {\n        id\n        clientId\n        clientName\n        logoUri\n        scopes\n        createdAt\n        lastUsedAt\n        expiresAt\n        clientCredentials\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeGrant($id: ID!) {\n    revokeGrant(id: $id) {\n      revokedId\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeGrant($id: ID!) {\n    revokeGrant(id: $id) {\n      revokedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportDetails\n    }\n  }\n\n  fragment ImportDetails on Import {\n    ...ImportState\n    dataset {\n      id\n      name\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n"): (typeof documents)["\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportDetails\n    }\n  }\n\n  fragment ImportDetails on Import {\n    ...ImportState\n    dataset {\n      id\n      name\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n"): (typeof documents)["\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ImportTarget($id: ID!) {\n    dataset(id: $id) {\n      ...ImportTarget\n    }\n  }\n\n  fragment ImportTarget on Dataset {\n    id\n    name\n    workspace {\n      id\n    }\n  }\n"): (typeof documents)["\n  query ImportTarget($id: ID!) {\n    dataset(id: $id) {\n      ...ImportTarget\n    }\n  }\n\n  fragment ImportTarget on Dataset {\n    id\n    name\n    workspace {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DatasetImports on Dataset {\n    imports {\n      id\n      status\n      fileName\n      rowsImported\n      rowsRejected\n      createdAt\n    }\n  }\n"): (typeof documents)["\n  fragment DatasetImports on Dataset {\n    imports {\n      id\n      status\n      fileName\n      rowsImported\n      rowsRejected\n      createdAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Invitations($workspaceId: ID!) {\n    workspace(id: $workspaceId) {\n      id\n      invitations {\n        id\n        email\n        role\n        invitedBy\n        expiresAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query Invitations($workspaceId: ID!) {\n    workspace(id: $workspaceId) {\n      id\n      invitations {\n        id\n        email\n        role\n        invitedBy\n        expiresAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      invitation {\n        id\n        email\n      }\n      acceptUrl\n    }\n  }\n"): (typeof documents)["\n  mutation InviteMember($input: InviteMemberInput!) {\n    inviteMember(input: $input) {\n      invitation {\n        id\n        email\n      }\n      acceptUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id) {\n      revokedId\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeInvitation($id: ID!) {\n    revokeInvitation(id: $id) {\n      revokedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      id\n      email\n      role\n      workspaceName\n      invitedBy\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  query Invitation($token: String!) {\n    invitation(token: $token) {\n      id\n      email\n      role\n      workspaceName\n      invitedBy\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      membership {\n        role\n        workspace {\n          id\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      membership {\n        role\n        workspace {\n          id\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      cursor\n    }\n  }\n"): (typeof documents)["\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      cursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OAuthClients {\n    viewer {\n      id\n      oauthClients {\n        ...RegisteredClient\n      }\n    }\n  }\n\n  fragment RegisteredClient on OAuthClient {\n    id\n    clientId\n    name\n    type\n    redirectUris\n    postLogoutRedirectUris\n    logoUri\n    logoPath\n    scopes\n    clientCredentials\n    createdAt\n  }\n"): (typeof documents)["\n  query OAuthClients {\n    viewer {\n      id\n      oauthClients {\n        ...RegisteredClient\n      }\n    }\n  }\n\n  fragment RegisteredClient on OAuthClient {\n    id\n    clientId\n    name\n    type\n    redirectUris\n    postLogoutRedirectUris\n    logoUri\n    logoPath\n    scopes\n    clientCredentials\n    createdAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterOAuthClient($input: RegisterOAuthClientInput!) {\n    registerOAuthClient(input: $input) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterOAuthClient($input: RegisterOAuthClientInput!) {\n    registerOAuthClient(input: $input) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateOAuthClient($input: UpdateOAuthClientInput!) {\n    updateOAuthClient(input: $input) {\n      client {\n        id\n        name\n        redirectUris\n        postLogoutRedirectUris\n        logoUri\n        logoPath\n        scopes\n        clientCredentials\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateOAuthClient($input: UpdateOAuthClientInput!) {\n    updateOAuthClient(input: $input) {\n      client {\n        id\n        name\n        redirectUris\n        postLogoutRedirectUris\n        logoUri\n        logoPath\n        scopes\n        clientCredentials\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RotateOAuthClientSecret($id: ID!) {\n    rotateOAuthClientSecret(id: $id) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n"): (typeof documents)["\n  mutation RotateOAuthClientSecret($id: ID!) {\n    rotateOAuthClientSecret(id: $id) {\n      client {\n        id\n        clientId\n        name\n      }\n      clientSecret\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteOAuthClient($id: ID!) {\n    deleteOAuthClient(id: $id) {\n      deletedId\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteOAuthClient($id: ID!) {\n    deleteOAuthClient(id: $id) {\n      deletedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Passkeys {\n    viewer {\n      id\n      passkeys {\n        id\n        name\n        isBackedUp\n        createdAt\n        lastUsedAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query Passkeys {\n    viewer {\n      id\n      passkeys {\n        id\n        name\n        isBackedUp\n        createdAt\n        lastUsedAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartPasskeyRegistration {\n    startPasskeyRegistration {\n      options\n    }\n  }\n"): (typeof documents)["\n  mutation StartPasskeyRegistration {\n    startPasskeyRegistration {\n      options\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {\n    finishPasskeyRegistration(input: $input) {\n      passkey {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation FinishPasskeyRegistration($input: FinishPasskeyRegistrationInput!) {\n    finishPasskeyRegistration(input: $input) {\n      passkey {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenamePasskey($input: RenamePasskeyInput!) {\n    renamePasskey(input: $input) {\n      passkey {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RenamePasskey($input: RenamePasskeyInput!) {\n    renamePasskey(input: $input) {\n      passkey {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemovePasskey($id: ID!) {\n    removePasskey(id: $id) {\n      removedId\n    }\n  }\n"): (typeof documents)["\n  mutation RemovePasskey($id: ID!) {\n    removePasskey(id: $id) {\n      removedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sessions {\n    viewer {\n      id\n      sessions {\n        id\n        userAgent\n        address\n        createdAt\n        lastUsedAt\n        expiresAt\n        isCurrent\n      }\n    }\n  }\n"): (typeof documents)["\n  query Sessions {\n    viewer {\n      id\n      sessions {\n        id\n        userAgent\n        address\n        createdAt\n        lastUsedAt\n        expiresAt\n        isCurrent\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession($id: ID!) {\n    endSession(id: $id) {\n      endedId\n    }\n  }\n"): (typeof documents)["\n  mutation EndSession($id: ID!) {\n    endSession(id: $id) {\n      endedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      ended\n    }\n  }\n"): (typeof documents)["\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      ended\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Workspace($id: ID!) {\n    workspace(id: $id) {\n      id\n      name\n      members {\n        ...Member\n      }\n    }\n  }\n\n  fragment Member on Membership {\n    role\n    createdAt\n    user {\n      id\n      displayName\n      email\n    }\n  }\n"): (typeof documents)["\n  query Workspace($id: ID!) {\n    workspace(id: $id) {\n      id\n      name\n      members {\n        ...Member\n      }\n    }\n  }\n\n  fragment Member on Membership {\n    role\n    createdAt\n    user {\n      id\n      displayName\n      email\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameWorkspace($input: RenameWorkspaceInput!) {\n    renameWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RenameWorkspace($input: RenameWorkspaceInput!) {\n    renameWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        role\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        role\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TransferWorkspace($input: TransferWorkspaceInput!) {\n    transferWorkspace(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation TransferWorkspace($input: TransferWorkspaceInput!) {\n    transferWorkspace(input: $input) {\n      workspace {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveWorkspace($id: ID!) {\n    leaveWorkspace(id: $id) {\n      leftId\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveWorkspace($id: ID!) {\n    leaveWorkspace(id: $id) {\n      leftId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteWorkspace($id: ID!) {\n    deleteWorkspace(id: $id) {\n      deletedId\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteWorkspace($id: ID!) {\n    deleteWorkspace(id: $id) {\n      deletedId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription MembershipsChanged {\n    membershipsChanged {\n      role\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription MembershipsChanged {\n    membershipsChanged {\n      role\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;