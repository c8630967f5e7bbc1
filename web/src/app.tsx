import { createBrowserRouter, redirect } from 'react-router';

import { BrokenPage } from './ui/broken-page.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';

const signInPage = async () => (await import('./sign-in/sign-in-page.tsx')).SignInPage;
const layout = async () => (await import('./workspaces/signed-in-layout.tsx')).SignedInLayout;
const datasetsPage = async () => (await import('./datasets/datasets-page.tsx')).DatasetsPage;
const datasetPage = async () => (await import('./datasets/dataset-page.tsx')).DatasetPage;
const importPage = async () => (await import('./imports/import-page.tsx')).ImportPage;
const importStatusPage = async () =>
  (await import('./imports/import-status-page.tsx')).ImportStatusPage;
const explorerPage = async () => (await import('./explorer/explorer-page.tsx')).ExplorerPage;

const Nothing = () => null;

/** Every address of the web client. A page's code is loaded when the page is first opened. */
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
              // A page that breaks leaves the frame around it standing.
              ErrorBoundary: BrokenPage,
              children: [
                { path: '/datasets', lazy: { Component: datasetsPage } },
                { path: '/datasets/:id', lazy: { Component: datasetPage } },
                { path: '/import', lazy: { Component: importPage } },
                { path: '/imports/:id', lazy: { Component: importStatusPage } },
                { path: '/explorer', lazy: { Component: explorerPage } },
                { path: '*', Component: NotFoundPage },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
