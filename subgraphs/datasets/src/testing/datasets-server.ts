import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, watch } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createMigratedDatabase } from '@affluent/postgres/testing';
import { createLog, START_CURSOR } from '@affluent/service';
import type { WorkspaceRole } from '@affluent/subgraph';
import { runOperation, startUsersNeighbour } from '@affluent/subgraph/testing';
import { createClient } from 'graphql-ws';
import { Client } from 'pg';

import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { startServer } from '../server.ts';

const PUBLIC_URL = 'http://localhost:4000';

export const OUTCOME = `id status format rowsImported rowsRejected bytesRead bytesTotal error { code message line }
  rejects { nodes { line column value reason } totalCount }
  dataset { id name rowCount columns { name type nullable } timeColumn { name } }`;

interface Outcome {
  readonly id: string;
  readonly status: string;
  readonly format: string;
  readonly rowsImported: number;
  readonly rowsRejected: number;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly line: number | null;
  } | null;
  readonly rejects: {
    readonly nodes: readonly Readonly<Record<'line' | 'column' | 'value' | 'reason', unknown>>[];
    readonly totalCount: number;
  };
  readonly dataset: {
    readonly id: string;
    readonly name: string;
    readonly rowCount: number;
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly nullable: boolean;
    }[];
    readonly timeColumn: { readonly name: string } | null;
  };
}

interface Upload {
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly fileName?: string;
  readonly as?: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

type Variables = Readonly<Record<string, unknown>> & {
  readonly as?: string;
  /** Replaces a new token for `as`. */
  readonly token?: string;
};

const migrate = async (databaseUrl: string): Promise<void> => (await connect(databaseUrl)).close();

/** This subgraph on a database of its own, with an owner, a viewer and a stranger. Tests end it with `await using`. */
export async function startDatasets({ maxUploadBytes = 1e9, logLevel = 'error' } = {}) {
  const users = await startUsersNeighbour(PUBLIC_URL);
  const spoolFolder = await mkdtemp(join(tmpdir(), 'affluent-spool-'));
  const workspaceId = randomUUID();
  const [owner, viewer, stranger] = [randomUUID(), randomUUID(), randomUUID()];
  users.join(owner, workspaceId, 'OWNER');
  users.join(viewer, workspaceId, 'VIEWER');
  users.join(stranger, randomUUID(), 'OWNER');
  const databaseUrl = await createMigratedDatabase({ name: 'datasets', migrate });
  const config = readConfig({
    PORT: '0',
    PUBLIC_URL,
    DATABASE_URL: databaseUrl,
    USERS_URL: users.url,
    DATASETS_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    SPOOL_DIR: spoolFolder,
    MAX_UPLOAD_BYTES: String(maxUploadBytes),
    LOG_LEVEL: logLevel,
  });
  const log = createLog({ service: 'datasets', level: logLevel });
  let server = await startServer(config, log);

  const run = async (query: string, { as = owner, token, ...variables }: Variables = {}) =>
    runOperation({
      url: server.url,
      token: token ?? (await users.tokenFor(as)),
      query,
      variables,
    });

  /** The data of an operation that must succeed. */
  const ask = async <T>(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<T> => {
    const { data, errors } = await run(query, variables);
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return data as T;
  };

  const upload = async ({ content, fileName = 'data.csv', as = owner, input = {} }: Upload) => {
    const body = new FormData();
    const query = `mutation ($input: ImportDatasetInput!, $file: Upload!) {
      importDataset(input: $input, file: $file) { import { id status dataset { id } } } }`;
    const variables = { input: { workspaceId, name: fileName, ...input }, file: null };
    body.set('operations', JSON.stringify({ query, variables }));
    body.set('map', JSON.stringify({ 0: ['variables.file'] }));
    body.set('0', new Blob([content]), fileName);
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await users.tokenFor(as)}`,
        'apollo-require-preflight': 'true',
      },
      body,
    });
    return (await response.json()) as {
      data?: {
        importDataset: { import: { id: string; status: string; dataset: { id: string } } };
      } | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
  };

  const untilSpoolIsEmpty = async (): Promise<void> => {
    const changes = watch(spoolFolder)[Symbol.asyncIterator]();
    for (let change = changes.next(); (await readdir(spoolFolder)).length > 0;) {
      await change;
      change = changes.next();
    }
  };

  /** Starts an upload, disconnects once its first bytes are stored, and waits until they are removed. */
  const breakOffUpload = async (): Promise<void> => {
    const arrived = watch(spoolFolder)[Symbol.asyncIterator]().next();
    const sending = request(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await users.tokenFor(owner)}`,
        'apollo-require-preflight': 'true',
        'content-type': 'multipart/form-data; boundary=x',
      },
    });
    sending.on('error', () => {});
    const query =
      'mutation ($i: ImportDatasetInput!, $f: Upload!) { importDataset(input: $i, file: $f) { import { id } } }';
    const variables = { i: { workspaceId, name: 'broken off' }, f: null };
    const part = (name: string, text: string) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    sending.write(part('operations', JSON.stringify({ query, variables })));
    sending.write(part('map', '{"0":["variables.f"]}'));
    sending.write(part('0"; filename="a.csv', 'a,b\n1,2\n'.repeat(10_000)));
    await arrived;
    sending.destroy();
    await untilSpoolIsEmpty();
  };

  /** The events of a subscription; leaving the loop ends it. `onStart` receives the cursor at which it starts. */
  async function* subscribe<T>(
    query: string,
    variables: Record<string, unknown>,
    as = owner,
    onStart?: (cursor: unknown) => void,
  ): AsyncGenerator<T, void> {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${await users.tokenFor(as)}` },
      retryAttempts: 0,
    });
    try {
      const asked = { query, variables, ...(onStart && { extensions: { [START_CURSOR]: true } }) };
      for await (const { data, errors, extensions } of client.iterate<T, Record<string, unknown>>(
        asked,
      )) {
        if (extensions) onStart?.(extensions[START_CURSOR]);
        if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
        if (data) yield data;
      }
    } finally {
      await client.dispose();
    }
  }

  /** Waits until the import has ended, and returns it. */
  const ending = async (importId: string): Promise<Outcome> => {
    const query = 'subscription ($id: ID!) { importProgressed(importId: $id) { status } }';
    for await (const _ of subscribe(query, { id: importId }));
    const found = await ask<{ import: Outcome }>(
      `query ($id: ID!) { import(id: $id) { ${OUTCOME} } }`,
      { id: importId },
    );
    return found.import;
  };

  return {
    workspaceId,
    databaseUrl,
    join: (userId: string, role: WorkspaceRole = 'VIEWER') => users.join(userId, workspaceId, role),
    tokenFor: (userId: string) => users.tokenFor(userId),
    leave: (userId: string) => users.leave(userId, workspaceId),
    users,
    endTokens: (userId: string) => users.endTokens(userId),
    viewer,
    stranger,
    run,
    ask,
    upload,
    breakOffUpload,
    subscribe,
    ending,
    /** Uploads a file and waits until its import has ended. */
    async importFile(file: Upload): Promise<Outcome> {
      const { data, errors } = await upload(file);
      if (!data) throw new Error(JSON.stringify(errors));
      return ending(data.importDataset.import.id);
    },
    /** Queries the database directly. */
    async sql(text: string): Promise<unknown[]> {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        return (await client.query(text)).rows as unknown[];
      } finally {
        await client.end();
      }
    },
    untilSpoolIsEmpty,
    stop: () => server[Symbol.asyncDispose](),
    async start() {
      server = await startServer(config, log);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await users[Symbol.asyncDispose]();
      await rm(spoolFolder, { recursive: true });
    },
  };
}
