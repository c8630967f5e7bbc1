import { graphql } from '../generated/index.ts';

export const ImportDatasetDocument = graphql(`
  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {
    importDataset(input: $input, file: $file) {
      import {
        id
        status
      }
    }
  }
`);

export const ImportDocument = graphql(`
  query Import($id: ID!) {
    import(id: $id) {
      ...ImportDetails
    }
  }

  fragment ImportDetails on Import {
    ...ImportState
    dataset {
      id
      name
    }
  }

  fragment ImportState on Import {
    id
    status
    format
    fileName
    bytesTotal
    bytesRead
    rowsImported
    rowsRejected
    createdAt
    startedAt
    finishedAt
    error {
      code
      message
      line
    }
  }
`);

export const ImportProgressedDocument = graphql(`
  subscription ImportProgressed($id: ID!) {
    importProgressed(importId: $id) {
      ...ImportState
    }
  }
`);

export const CancelImportDocument = graphql(`
  mutation CancelImport($id: ID!) {
    cancelImport(id: $id) {
      import {
        ...ImportState
      }
    }
  }
`);

export const RejectsDocument = graphql(`
  query Rejects($id: ID!, $first: Int!, $after: String) {
    import(id: $id) {
      id
      rejects(first: $first, after: $after) {
        totalCount
        edges {
          cursor
          node {
            line
            column
            value
            reason
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

export const ImportTargetDocument = graphql(`
  query ImportTarget($id: ID!) {
    dataset(id: $id) {
      ...ImportTarget
    }
  }

  fragment ImportTarget on Dataset {
    id
    name
    workspace {
      id
    }
  }
`);

// Part of the dataset page's query.
graphql(`
  fragment DatasetImports on Dataset {
    imports {
      id
      status
      fileName
      rowsImported
      rowsRejected
      createdAt
    }
  }
`);
