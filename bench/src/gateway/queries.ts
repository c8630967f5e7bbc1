/** What every gateway is asked: one subgraph; three subgraphs joined on 50 entities; a list of 500 rows. */
export const QUERIES = {
  one: `query Viewer {
    viewer { id displayName email memberships { role workspace { id name } } }
  }`,
  joined: `query Datasets {
    datasets(workspaceId: "1", first: 50) {
      nodes { id name rowCount workspace { id name } charts { id title type } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  rows: `query Rows {
    dataset(id: "1") {
      name
      dataPoints(first: 500) { edges { cursor node { id values } } pageInfo { hasNextPage endCursor } }
    }
  }`,
} as const;
