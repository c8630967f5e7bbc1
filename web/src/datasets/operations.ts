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
      id
      name
      rowCount
      createdAt
      updatedAt
      workspace {
        id
      }
      columns {
        name
        type
        nullable
      }
      timeColumn {
        name
        type
      }
      imports {
        id
        status
        fileName
        rowsImported
        rowsRejected
        createdAt
      }
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

export const DataPointsAppendedDocument = graphql(`
  subscription DataPointsAppended($datasetId: ID!, $after: String) {
    dataPointsAppended(datasetId: $datasetId, after: $after) {
      count
      cursor
    }
  }
`);
