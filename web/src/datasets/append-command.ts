import { ColumnType, type DatasetDetailsFragment } from '../generated/graphql.ts';

const MUTATION =
  /* documented operation */ 'mutation Append($input: AppendDataPointsInput!) { appendDataPoints(input: $input) { appended cursor } }';

/** A shell command that appends one example row; the bearer token is read from `$AFFLUENT_TOKEN`. */
export function appendCommand({ id, columns }: DatasetDetailsFragment, url: string): string {
  const point = Object.fromEntries(columns.map(({ name, type }) => [name, exampleOf(type)]));
  const variables = { input: { datasetId: id, points: [point] } };
  const body = JSON.stringify({ query: MUTATION, variables }, null, 2);
  return [
    `curl ${url} \\`,
    '  -H "authorization: Bearer $AFFLUENT_TOKEN" \\',
    "  -H 'content-type: application/json' \\",
    `  -d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join('\n');
}

function exampleOf(type: ColumnType): unknown {
  switch (type) {
    case ColumnType.BOOLEAN:
      return true;
    case ColumnType.INTEGER:
      return 1;
    case ColumnType.DECIMAL:
    case ColumnType.FLOAT:
      return 1.5;
    case ColumnType.TEXT:
      return 'text';
    case ColumnType.DATE:
      return new Date().toISOString().slice(0, 10);
    case ColumnType.TIMESTAMP:
      return `${new Date().toISOString().slice(0, 19)}Z`;
    case ColumnType.JSON:
      return {};
  }
}
