import { graphql } from '../generated/index.ts';

export const SeriesDocument = graphql(`
  query Series($datasetId: ID!, $input: SeriesInput!) {
    dataset(id: $datasetId) {
      id
      series(input: $input) {
        cursor
        points {
          x
          y
          yExact
          count
          group
        }
      }
    }
  }
`);

export const ChartsDocument = graphql(`
  query Charts($datasetId: ID!) {
    dataset(id: $datasetId) {
      id
      charts {
        ...SavedChart
      }
    }
  }

  fragment SavedChart on Chart {
    id
    title
    type
    spec {
      x
      y
      measure
      groupBy
    }
  }
`);

export const CreateChartDocument = graphql(`
  mutation CreateChart($input: CreateChartInput!) {
    createChart(input: $input) {
      chart {
        ...SavedChart
      }
    }
  }
`);

// Part of the dataset page's query.
graphql(`
  fragment ChartedDataset on Dataset {
    id
    columns {
      name
      type
    }
    timeColumn {
      name
    }
  }
`);
