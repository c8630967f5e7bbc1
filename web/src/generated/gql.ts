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
    "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        points {\n          x\n          y\n          count\n          group\n        }\n      }\n    }\n  }\n": typeof types.SeriesDocument,
    "\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n": typeof types.ChartsDocument,
    "\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n": typeof types.CreateChartDocument,
    "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DatasetsDocument,
    "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      id\n      name\n      rowCount\n      createdAt\n      updatedAt\n      workspace {\n        id\n      }\n      columns {\n        name\n        type\n        nullable\n      }\n      timeColumn {\n        name\n        type\n      }\n      imports {\n        id\n        status\n        fileName\n        rowsImported\n        rowsRejected\n        createdAt\n      }\n    }\n  }\n": typeof types.DatasetDocument,
    "\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n": typeof types.DatasetRowCountDocument,
    "\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.DataPointsDocument,
    "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      count\n      cursor\n    }\n  }\n": typeof types.DataPointsAppendedDocument,
    "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n": typeof types.ImportDatasetDocument,
    "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportState\n      dataset {\n        id\n        name\n      }\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n": typeof types.ImportDocument,
    "\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n": typeof types.ImportProgressedDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n": typeof types.CancelImportDocument,
    "\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.RejectsDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": typeof types.CreateWorkspaceDocument,
};
const documents: Documents = {
    "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        points {\n          x\n          y\n          count\n          group\n        }\n      }\n    }\n  }\n": types.SeriesDocument,
    "\n  query Charts($datasetId: ID!) {\n    dataset(id: $datasetId) {\n      id\n      charts {\n        ...SavedChart\n      }\n    }\n  }\n\n  fragment SavedChart on Chart {\n    id\n    title\n    type\n    spec {\n      x\n      y\n      measure\n      groupBy\n    }\n  }\n": types.ChartsDocument,
    "\n  mutation CreateChart($input: CreateChartInput!) {\n    createChart(input: $input) {\n      chart {\n        ...SavedChart\n      }\n    }\n  }\n": types.CreateChartDocument,
    "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DatasetsDocument,
    "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      id\n      name\n      rowCount\n      createdAt\n      updatedAt\n      workspace {\n        id\n      }\n      columns {\n        name\n        type\n        nullable\n      }\n      timeColumn {\n        name\n        type\n      }\n      imports {\n        id\n        status\n        fileName\n        rowsImported\n        rowsRejected\n        createdAt\n      }\n    }\n  }\n": types.DatasetDocument,
    "\n  query DatasetRowCount($id: ID!) {\n    dataset(id: $id) {\n      id\n      rowCount\n      updatedAt\n    }\n  }\n": types.DatasetRowCountDocument,
    "\n  query DataPoints($id: ID!, $first: Int!, $after: String) {\n    dataset(id: $id) {\n      id\n      dataPoints(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            values\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.DataPointsDocument,
    "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      count\n      cursor\n    }\n  }\n": types.DataPointsAppendedDocument,
    "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n": types.ImportDatasetDocument,
    "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportState\n      dataset {\n        id\n        name\n      }\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n": types.ImportDocument,
    "\n  subscription ImportProgressed($id: ID!) {\n    importProgressed(importId: $id) {\n      ...ImportState\n    }\n  }\n": types.ImportProgressedDocument,
    "\n  mutation CancelImport($id: ID!) {\n    cancelImport(id: $id) {\n      import {\n        ...ImportState\n      }\n    }\n  }\n": types.CancelImportDocument,
    "\n  query Rejects($id: ID!, $first: Int!, $after: String) {\n    import(id: $id) {\n      id\n      rejects(first: $first, after: $after) {\n        totalCount\n        edges {\n          cursor\n          node {\n            line\n            column\n            value\n            reason\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.RejectsDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.ViewerDocument,
    "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n": types.CreateWorkspaceDocument,
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
export function graphql(source: "\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        points {\n          x\n          y\n          count\n          group\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Series($datasetId: ID!, $input: SeriesInput!) {\n    dataset(id: $datasetId) {\n      id\n      series(input: $input) {\n        points {\n          x\n          y\n          count\n          group\n        }\n      }\n    }\n  }\n"];
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
export function graphql(source: "\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Datasets($workspaceId: ID!, $first: Int!, $after: String, $search: String) {\n    datasets(workspaceId: $workspaceId, first: $first, after: $after, search: $search) {\n      totalCount\n      edges {\n        cursor\n        node {\n          id\n          name\n          rowCount\n          updatedAt\n          columns {\n            name\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      id\n      name\n      rowCount\n      createdAt\n      updatedAt\n      workspace {\n        id\n      }\n      columns {\n        name\n        type\n        nullable\n      }\n      timeColumn {\n        name\n        type\n      }\n      imports {\n        id\n        status\n        fileName\n        rowsImported\n        rowsRejected\n        createdAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query Dataset($id: ID!) {\n    dataset(id: $id) {\n      id\n      name\n      rowCount\n      createdAt\n      updatedAt\n      workspace {\n        id\n      }\n      columns {\n        name\n        type\n        nullable\n      }\n      timeColumn {\n        name\n        type\n      }\n      imports {\n        id\n        status\n        fileName\n        rowsImported\n        rowsRejected\n        createdAt\n      }\n    }\n  }\n"];
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
export function graphql(source: "\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      count\n      cursor\n    }\n  }\n"): (typeof documents)["\n  subscription DataPointsAppended($datasetId: ID!, $after: String) {\n    dataPointsAppended(datasetId: $datasetId, after: $after) {\n      count\n      cursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ImportDataset($input: ImportDatasetInput!, $file: Upload!) {\n    importDataset(input: $input, file: $file) {\n      import {\n        id\n        status\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportState\n      dataset {\n        id\n        name\n      }\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n"): (typeof documents)["\n  query Import($id: ID!) {\n    import(id: $id) {\n      ...ImportState\n      dataset {\n        id\n        name\n      }\n    }\n  }\n\n  fragment ImportState on Import {\n    id\n    status\n    format\n    fileName\n    bytesTotal\n    bytesRead\n    rowsImported\n    rowsRejected\n    createdAt\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      line\n    }\n  }\n"];
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
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Viewer {\n    viewer {\n      id\n      email\n      displayName\n      memberships {\n        role\n        workspace {\n          id\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateWorkspace($input: CreateWorkspaceInput!) {\n    createWorkspace(input: $input) {\n      workspace {\n        id\n        name\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;