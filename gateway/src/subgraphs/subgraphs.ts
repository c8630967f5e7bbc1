import type { Config } from '../config.ts';

/** URLs of the subgraphs, by their names in the supergraph. */
export type SubgraphUrls = Readonly<Record<string, string>>;

export const subgraphUrls = (config: Config): SubgraphUrls => ({
  ...config.SUBGRAPH_URLS,
  ...ownSubgraphUrls(config),
});

/** The subgraphs of this repository, without which the product is not ready. */
export const ownSubgraphUrls = ({
  USERS_URL,
  DATASETS_URL,
  INSIGHTS_URL,
}: Config): SubgraphUrls => ({
  users: USERS_URL,
  datasets: DATASETS_URL,
  insights: INSIGHTS_URL,
});
