import { graphql } from '../generated/index.ts';

export const DataPointsAppendedDocument = graphql(`
  subscription DataPointsAppended($datasetId: ID!, $after: String) {
    dataPointsAppended(datasetId: $datasetId, after: $after) {
      cursor
    }
  }
`);
