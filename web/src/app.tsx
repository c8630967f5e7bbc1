import { createBrowserRouter, redirect } from 'react-router';

import { BrokenPage } from './ui/broken-page.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';

const signInPage = async () => (await import('./sign-in/sign-in-page.tsx')).SignInPage;
const layout = async () => (await import('./shell/signed-in-layout.tsx')).SignedInLayout;
const datasetsPage = async () => (await import('./datasets/datasets-page.tsx')).DatasetsPage;
const datasetPage = async () => (await import('./datasets/dataset-page.tsx')).DatasetPage;
const importPage = async () => (await import('./imports/import-page.tsx')).ImportPage;
const importStatusPage = async () =>
  (await import('./imports/import-status-page.tsx')).ImportStatusPage;
const explorerPage = async () => (await import('./explorer/explorer-page.tsx')).ExplorerPage;
const profilePage = async () => (await import('./account/profile-page.tsx')).ProfilePage;
const securityPage = async () => (await import('./account/security-page.tsx')).SecurityPage;
const connectionsPage = async () =>
  (await import('./account/connections-page.tsx')).ConnectionsPage;
const developerPage = async () => (await import('./account/developer-page.tsx')).DeveloperPage;
const activityPage = async () => (await import('./account/activity-page.tsx')).ActivityPage;
const workspaceSettingsPage = async () =>
  (await import('./workspace-settings/workspace-settings-page.tsx')).WorkspaceSettingsPage;
const invitationPage = async () =>
  (await import('./invitations/invitation-page.tsx')).InvitationPage;

const Nothing = () => null;

/** The routes of the web client. The code of a page is loaded on first use. */
export function createAppRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      ErrorBoundary: BrokenPage,
      HydrateFallback: Nothing,
      children: [
        { path: '/', loader: () => redirect('/datasets') },
        { path: '/sign-in', lazy: { Component: signInPage } },
        {
          lazy: { Component: layout },
          children: [
            {
              // An error in a page leaves the shell intact.
              ErrorBoundary: BrokenPage,
              children: [
                { path: '/datasets', lazy: { Component: datasetsPage } },
                { path: '/datasets/:id', lazy: { Component: datasetPage } },
                { path: '/import', lazy: { Component: importPage } },
                { path: '/imports/:id', lazy: { Component: importStatusPage } },
                { path: '/explorer', lazy: { Component: explorerPage } },
                { path: '/account', lazy: { Component: profilePage } },
                { path: '/account/security', lazy: { Component: securityPage } },
                { path: '/account/connections', lazy: { Component: connectionsPage } },
                { path: '/account/developer', lazy: { Component: developerPage } },
                { path: '/account/activity', lazy: { Component: activityPage } },
                { path: '/workspaces/:id/settings', lazy: { Component: workspaceSettingsPage } },
                { path: '/invitations/:token', lazy: { Component: invitationPage } },
                { path: '*', Component: NotFoundPage },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
