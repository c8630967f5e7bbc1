import { signUp } from '@affluent/client/testing';
import { processTree, startSandbox } from '@affluent/sandbox';

import { type Figures, megabytes, rounded } from './report.ts';

const BYTES = 2 * 1024 ** 3;
const PIECE = Buffer.alloc(1024 ** 2, '12345,67890\n');
/** Memory is looked at each time that so much has been sent. */
const LOOK_BYTES = 32 * 1024 ** 2;

const IMPORT = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
  importDataset(input: $input, file: $file) { import { id } }
}`;
const CANCEL = 'mutation ($id: ID!) { cancelImport(id: $id) { import { status } } }';

/** A file of 2 GB through the gateway: how long until it is safe on the disk, and how far the gateway's memory goes up meanwhile. */
export async function upload(): Promise<Figures> {
  await using sandbox = await startSandbox();
  const account = {
    email: 'bench@affluent.example',
    password: crypto.randomUUID(),
    displayName: 'Bench',
  };
  await using client = await signUp({ origin: sandbox.origin, ...account });
  const { viewer } = await client.query<{
    viewer: { memberships: { workspace: { id: string } }[] };
  }>('{ viewer { memberships { workspace { id } } } }');
  const input = { workspaceId: viewer.memberships[0]?.workspace.id, name: 'Bench' };
  const gatewayMemory = (): number =>
    processTree(sandbox.pid).find(({ name }) => name === 'gateway')?.rss ?? Number.NaN;

  const before = gatewayMemory();
  let most = before;
  async function* content(): AsyncGenerator<Uint8Array> {
    for (let sent = 0; sent < BYTES; sent += PIECE.length) {
      if (sent % LOOK_BYTES === 0) most = Math.max(most, gatewayMemory());
      yield PIECE;
    }
  }
  const begin = performance.now();
  const { importDataset } = await client.upload<{ importDataset: { import: { id: string } } }>(
    IMPORT,
    { input },
    { name: 'bench.csv', stream: content() },
  );
  const seconds = (performance.now() - begin) / 1000;
  most = Math.max(most, gatewayMemory());
  await client.query(CANCEL, { id: importDataset.import.id });
  return {
    upload_s: rounded(seconds),
    mb_per_s: rounded(megabytes(BYTES) / seconds, 0),
    gateway_rss_before_mb: megabytes(before),
    gateway_rss_growth_mb: megabytes(most - before),
  };
}
