import './editor-workers.ts';
import 'graphiql/style.css';
import './explorer.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { useComputedColorScheme } from '@mantine/core';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { PREFLIGHT_HEADERS } from '../api/client.ts';
import { WELCOME_QUERY } from './welcome-query.ts';

/** GraphiQL on the graph, as the signed-in person. */
export function ExplorerPage() {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const [{ fetcher, dispose }] = useState(createExplorerFetcher);
  useEffect(() => dispose, [dispose]);
  return (
    <div className="explorer">
      <title>{`${t('nav.explorer')} · Affluent`}</title>
      <h1 className="explorer-title">{t('nav.explorer')}</h1>
      <GraphiQL fetcher={fetcher} forcedTheme={scheme} defaultQuery={WELCOME_QUERY} />
    </div>
  );
}

/** Uses a separate socket, so that subscriptions in the explorer do not affect the pages. */
function createExplorerFetcher() {
  const origin = window.location.origin;
  const socket = createClient({ url: `${origin.replace(/^http/, 'ws')}/graphql`, lazy: true });
  const fetcher = createGraphiQLFetcher({
    url: `${origin}/graphql`,
    wsClient: socket,
    headers: PREFLIGHT_HEADERS,
  });
  return { fetcher, dispose: () => void socket.dispose() };
}
