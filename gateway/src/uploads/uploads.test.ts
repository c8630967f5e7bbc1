import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, json, text } from 'node:stream/consumers';

import { compose } from '@affluent/federation-cases';
import { createLog } from '@affluent/service';
import { startUsersNeighbour } from '@affluent/subgraph/testing';
import { afterAll, beforeEach, expect, test } from 'vitest';

import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { UPLOAD_LIMITS } from './limits.ts';
import { readMultipartRequest } from './read-multipart-request.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function listen(handler: Handler) {
  const server = createServer((incoming, response) => {
    // Reading fails when the sender goes away.
    handler(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answer = (response: ServerResponse, data: object, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
};

/** Reads the form with another parser than the gateway's, and answers the field with the files that it was given. */
const takeAllAs =
  (field: string): Handler =>
  async (incoming, response) => {
    const headers = { 'content-type': incoming.headers['content-type'] ?? '' };
    const form = await new Response(new Blob([await buffer(incoming)]), { headers }).formData();
    const map = JSON.parse(form.get('map') as string) as Record<string, string[]>;
    const placed = Object.entries(map).flatMap(([name, paths]) =>
      paths.map(async (path) => {
        const file = form.get(name) as File;
        return `${path} ${file.name} ${file.type} ${file.size} ${(await file.text())[0]}`;
      }),
    );
    const files = (await Promise.all(placed)).toSorted();
    answer(response, { data: { [field]: files } });
  };

const handlers: Record<'datasets' | 'insights', Handler> = {
  datasets: takeAllAs('keep'),
  insights: takeAllAs('draw'),
};
beforeEach(() => {
  handlers.datasets = takeAllAs('keep');
});

const publicUrl = 'http://affluent.example';
const folder = await mkdtemp(join(tmpdir(), 'affluent-uploads-'));
const started = new AsyncDisposableStack();
started.defer(() => rm(folder, { recursive: true }));
afterAll(() => started.disposeAsync());
const users = started.use(await startUsersNeighbour(publicUrl));
const datasets = started.use(await listen((...args) => handlers.datasets(...args)));
const insights = started.use(await listen((...args) => handlers.insights(...args)));
const { supergraphSdl = '' } = compose({
  datasets: `scalar Upload type Query { nothing: Int }
    type Mutation { keep(file: Upload, files: [Upload!]): [String!] }`,
  insights: 'scalar Upload type Mutation { draw(file: Upload!): [String!] }',
});
const supergraphPath = join(folder, 'supergraph.graphql');
await writeFile(supergraphPath, supergraphSdl);
const gateway = started.use(
  await startServer(
    readConfig({
      PORT: '0',
      PUBLIC_URL: publicUrl,
      USERS_URL: users.url,
      DATASETS_URL: datasets.url,
      INSIGHTS_URL: insights.url,
      SUPERGRAPH_PATH: supergraphPath,
      SESSION_KEY: randomBytes(32).toString('base64url'),
      GATEWAY_CLIENT_SECRET: randomBytes(32).toString('base64url'),
    }),
    createLog({ service: 'gateway', level: 'silent' }),
  ),
);
const headers = {
  authorization: `Bearer ${await users.tokenFor(randomUUID(), 'profile')}`,
  'apollo-require-preflight': 'true',
  'content-type': 'multipart/form-data; boundary=x',
};

const part = (name: string, content: string): string =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
const file = (name: string, content: string): string =>
  `--x\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.txt"\r\ncontent-type: text/plain\r\n\r\n${content}\r\n`;
const fields = (query: string, variables: object, map: object): string =>
  part('operations', JSON.stringify({ query, variables })) + part('map', JSON.stringify(map));

const TWO_SERVICES = `mutation ($a: Upload!, $b: [Upload!]!, $c: Upload!) {
  keep(file: $a, files: $b) draw(file: $c) }`;
const twoServices = fields(
  TWO_SERVICES,
  { a: null, b: [null, null], c: null },
  { one: ['variables.a'], two: ['variables.b.0'], three: ['variables.b.1'], four: ['variables.c'] },
);
const keepOne = fields(
  'mutation ($a: Upload!) { keep(file: $a) }',
  { a: null },
  { one: ['variables.a'] },
);

async function post(body: string, to = gateway.url) {
  const response = await fetch(`${to}/graphql`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as object) };
}

test('files of two services and of a list come where they belong, in whatever order they are sent to a service', async () => {
  const large = 1_000_000;
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) =>
    file(name, name[0]!.repeat(large)),
  );
  for (const order of [
    [one, two, three],
    [three, one, two],
    [two, three, one],
  ]) {
    expect(await post(`${twoServices}${order.join('')}${four}--x--\r\n`)).toEqual({
      status: 200,
      data: {
        keep: [
          'variables.a one.txt text/plain 1000000 o',
          'variables.b.0 two.txt text/plain 1000000 t',
          'variables.b.1 three.txt text/plain 1000000 t',
        ],
        draw: ['variables.c four.txt text/plain 1000000 f'],
      },
    });
  }
});

test('a file that is wanted twice is refused before anything runs', async () => {
  let hasRun = false;
  handlers.datasets = async (incoming, response) => {
    hasRun = true;
    await takeAllAs('keep')(incoming, response);
  };
  const apart = fields(
    'mutation ($a: Upload!) { keep(file: $a) ...Draw } fragment Draw on Mutation { draw(file: $a) }',
    { a: null },
    { one: ['variables.a'] },
  );
  expect(await post(`${apart}${file('one', 'x')}--x--\r\n`)).toMatchObject({
    status: 400,
    errors: [
      {
        message: expect.stringContaining('"$a" holds a file'),
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
  expect(hasRun).toBe(false);
});

test('a service that refuses early is not sent the rest; the client hears it, and the next file still arrives', async () => {
  handlers.datasets = async (_incoming, response) => {
    const error = { message: 'No room.', extensions: { code: 'CONFLICT' } };
    answer(response, { data: { keep: null }, errors: [error] });
  };
  const body = fields(
    'mutation ($a: Upload!, $b: Upload!) { keep(file: $a) draw(file: $b) }',
    { a: null, b: null },
    { one: ['variables.a'], two: ['variables.b'] },
  );
  const large = file('one', 'x'.repeat(20_000_000));
  expect(await post(`${body}${large}${file('two', 'y')}--x--\r\n`)).toMatchObject({
    status: 200,
    data: { keep: null, draw: ['variables.b two.txt text/plain 1 y'] },
    errors: [{ message: 'No room.' }],
  });
});

test('a service that cannot be reached does not hold up the file of another', async () => {
  handlers.datasets = async (incoming) => void incoming.socket.destroy();
  const body = fields(
    'mutation ($a: Upload!, $b: Upload!) { keep(file: $a) draw(file: $b) }',
    { a: null, b: null },
    { one: ['variables.a'], two: ['variables.b'] },
  );
  const large = file('one', 'x'.repeat(20_000_000));
  expect(await post(`${body}${large}${file('two', 'y')}--x--\r\n`)).toMatchObject({
    data: { keep: null, draw: ['variables.b two.txt text/plain 1 y'] },
    errors: [{ extensions: { code: 'UNAVAILABLE' } }],
  });
});

test('when the client goes away, the request to the service is aborted', async () => {
  const seen = Promise.withResolvers<IncomingMessage>();
  handlers.datasets = async (incoming) => seen.resolve(incoming);
  const sending = request(`${gateway.url}/graphql`, { method: 'POST', headers });
  sending.on('error', () => {});
  sending.write(keepOne + file('one', 'x'.repeat(100_000)));
  const read = buffer(await seen.promise);
  sending.destroy();
  await expect(read).rejects.toThrow('aborted');
});

test('what is wrong behind the last file keeps it from being whole', async () => {
  let ended = 0;
  handlers.datasets = async (incoming) =>
    void incoming
      .resume()
      .on('end', () => ended++)
      .on('error', () => {});
  for (const rest of [`${file('two', 'y')}--x--\r\n`, part('more', '1'), '--x\r\nbad', '']) {
    expect(await post(keepOne + file('one', 'x') + rest)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  }
  expect(ended).toBe(0);
});

/** Sends bytes to the gateway over a socket of their own, and comes back with the status that it answers. */
async function sendRaw(pieces: readonly (string | Uint8Array)[], length?: number): Promise<number> {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').setNoDelay();
  const size = length ?? pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0);
  const head = Object.entries({
    ...headers,
    host: 'x',
    connection: 'close',
    'content-length': size,
  });
  socket.write(
    `POST /graphql HTTP/1.1\r\n${head.map((header) => header.join(': ')).join('\r\n')}\r\n\r\n`,
  );
  for (const piece of pieces) {
    await new Promise((resolve) => {
      socket.write(piece, resolve);
    });
  }
  return Number(/^HTTP\/1.1 (\d+)/.exec(await text(socket))?.[1]);
}

test('wherever the request is cut in two, it is read alike; wherever it ends early, it is refused', async () => {
  const body = `${keepOne}${file('one', 'a\r\n--y\r\n-')}--x--\r\n`;
  for (let cut = 1; cut < body.length; cut++) {
    const [pieces, cutOff] = await Promise.all([
      sendRaw([body.slice(0, cut), body.slice(cut)]),
      sendRaw([body.slice(0, cut)]),
    ]);
    // Behind the closing boundary nothing is missing.
    const isWhole = cut >= body.length - '\r\n'.length;
    expect([cut, pieces, cutOff]).toEqual([cut, 200, isWhole ? 200 : 400]);
  }
});

test('no wrong byte, wherever it stands, stops the gateway or keeps it waiting', async () => {
  const body = Buffer.from(`${keepOne}${file('one', 'a,b\r\n1,2')}--x--\r\n`);
  for (let at = 0; at < body.length; at++) {
    const wrong = [0, 0x0d, 0x0a, 0x22, 0x2d, 0xff].map((byte) => {
      const changed = Buffer.from(body);
      changed[at] = byte;
      return sendRaw([changed]);
    });
    for (const status of await Promise.all(wrong)) expect([200, 400]).toContain(status);
  }
});

test('a stalled request is ended with the reason of the stall', async () => {
  await using server = await listen(async (incoming, response) => {
    try {
      // Long enough to send the first file on a busy machine.
      const limits = { ...UPLOAD_LIMITS, stallMilliseconds: 2_000 };
      const { variables } = await readMultipartRequest(incoming, response, limits);
      const { b } = variables as {
        b: { file: Promise<{ read: () => AsyncIterable<Uint8Array> }> };
      };
      for await (const _ of (await b.file).read());
      answer(response, {});
    } catch (error) {
      answer(response, { message: String(error) }, (error as { status: number }).status);
    }
  });
  const body = fields('', { a: null, b: null }, { one: ['variables.a'], two: ['variables.b'] });
  const large = file('one', 'x'.repeat(1_000_000));
  expect(await post(`${body}${large}${file('two', 'y')}--x--\r\n`, server.url)).toEqual({
    status: 408,
    message: expect.stringContaining('in the order of the fields that read them'),
  });
  const sending = request(server.url, { method: 'POST', headers });
  sending.write(body + part('filler', '').slice(0, -2));
  // Byte by byte is too little as well.
  const bytes = setInterval(() => sending.write('x'), 20);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  clearInterval(bytes);
  expect([response.statusCode, await json(response)]).toEqual([
    408,
    { message: expect.stringContaining('less than 16384 bytes were sent') },
  ]);
  sending.destroy();
});
