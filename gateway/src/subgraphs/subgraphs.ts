import type { Config } from '../config.ts';

/** The subgraphs by their name in the supergraph, and where each listens. */
export type SubgraphUrls = Readonly<Record<string, string>>;

export const subgraphUrls = (config: Config): SubgraphUrls => ({
  ...config.SUBGRAPH_URLS,
  ...ownSubgraphUrls(config),
});

/** Those without which the product is not ready to serve. */
export const ownSubgraphUrls = ({
  USERS_URL,
  DATASETS_URL,
  INSIGHTS_URL,
}: Config): SubgraphUrls => ({
  users: USERS_URL,
  datasets: DATASETS_URL,
  insights: INSIGHTS_URL,
});
