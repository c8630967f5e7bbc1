/**
 * A program as a third party would write it: signs in, appends one row to a dataset with its bearer token, and prints the
 * number of rows of the dataset.
 */
import { signIn } from '@affluent/client/testing';

const [origin = '', email = '', password = '', datasetId = '', point = '{}'] =
  process.argv.slice(2);

await using client = await signIn({ origin, email, password });
const { appendDataPoints } = await client.query<{
  appendDataPoints: { dataset: { rowCount: number } };
}>(
  `mutation ($input: AppendDataPointsInput!) {
    appendDataPoints(input: $input) { dataset { rowCount } }
  }`,
  { input: { datasetId, points: [JSON.parse(point)] } },
);
process.stdout.write(String(appendDataPoints.dataset.rowCount));
