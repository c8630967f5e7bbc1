import { graphql } from '../generated/index.ts';

export const DatasetsDocument = graphql(`
  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {
    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {
      totalCount
      edges {
        cursor
        node {
          id
          name
          rowCount
          updatedAt
          columns {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const DatasetDocument = graphql(`
  query Dataset($id: ID!) {
    dataset(id: $id) {
      ...DatasetDetails
      ...ChartedDataset
      ...DatasetImports
      workspace {
        id
      }
    }
  }

  fragment DatasetDetails on Dataset {
    id
    name
    rowCount
    updatedAt
    columns {
      name
      type
      nullable
    }
  }
`);

export const DatasetRowCountDocument = graphql(`
  query DatasetRowCount($id: ID!) {
    dataset(id: $id) {
      id
      rowCount
      updatedAt
    }
  }
`);

export const DataPointsDocument = graphql(`
  query DataPoints($id: ID!, $first: Int!, $after: String) {
    dataset(id: $id) {
      id
      dataPoints(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            values
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
