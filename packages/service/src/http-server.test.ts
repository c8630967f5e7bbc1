import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';

import { createHttpServer, type PatienceLimits } from './http-server.ts';

const sockets = new WebSocketServer({ noServer: true });

interface ServerOptions {
  readonly listener?: RequestListener;
  readonly patience?: Partial<PatienceLimits>;
  readonly maxConnectionsOf?: () => number;
}

async function start({
  listener = (_request, response) => void response.end('served'),
  ...options
}: ServerOptions) {
  const server = createHttpServer({
    listener,
    webSockets: { path: '/graphql', server: () => sockets },
    ...options,
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const open = async (): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return socket;
  };
  return { server, open };
}

const UPGRADE = 'host: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n';

test.each(['//', 'http://[', '/elsewhere', '/%'])(
  'an upgrade to %s is refused, and the server goes on',
  async (target) => {
    const { open } = await start({});
    const refused = await open();
    refused.end(`GET ${target} HTTP/1.1\r\n${UPGRADE}`);
    expect(await text(refused)).toMatch(/^HTTP\/1\.1 404 /);
    const served = await open();
    served.end('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await text(served)).toContain('served');
  },
);

test('a protocol that is not offered is ignored', async () => {
  const { open } = await start({});
  const socket = await open();
  socket.end('GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: h2c\r\n\r\n');
  expect(await text(socket)).toContain('served');
});

/** What a client sends that then sends no more. */
const STALLED: Readonly<Record<string, string>> = {
  'says nothing at all': '',
  'stops within its headers': 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: ',
  'stops within its body': 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc',
  'stops within a chunked body':
    'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab',
  'stops within an upload':
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 10\r\n\r\nabc',
  'asks nothing more': 'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
};

test.each(Object.entries(STALLED))('a client that %s loses its connection', async (_name, sent) => {
  const { open } = await start({
    listener: (request, response) => void request.resume().on('end', () => response.end('served')),
    patience: { headers: 200, body: 300, silence: 300, keepAlive: 100, check: 50 },
  });
  const socket = await open();
  socket.write(sent);
  await text(socket).catch(() => {});
  expect(socket.readableAborted || socket.readableEnded).toBe(true);
});

test('a client that sends its body drop by drop loses its connection, an upload does not', async () => {
  const { open } = await start({
    listener: (request, response) => void request.resume().on('end', () => response.end('served')),
    patience: { body: 300, check: 50 },
  });
  const drip = async (type: string): Promise<string> => {
    const socket = await open();
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: 20\r\n\r\n`,
    );
    const drops = setInterval(() => socket.write('x'), 50);
    const received = await text(socket).catch(() => '');
    clearInterval(drops);
    return received;
  };
  expect(await drip('multipart/form-data; boundary=x')).toContain('served');
  expect(await drip('application/json')).toBe('');
});

test('a client that does not read its answer loses its connection', async () => {
  const closed = Promise.withResolvers<boolean>();
  const { open } = await start({
    listener: (_request, response) => {
      response
        .once('close', () => closed.resolve(response.writableFinished))
        .end(Buffer.alloc(64 * 1024 ** 2));
    },
    patience: { silence: 300 },
  });
  const socket = await open();
  socket.pause().on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await closed.promise).toBe(false);
});

test('the service may take longer over an answer than a client over its request', async () => {
  const { open, server } = await start({
    listener: (_request, response) => {
      let silences = 0;
      server.on('timeout', () => {
        silences++;
        if (silences === 3) response.end('served');
      });
    },
    patience: { silence: 100 },
  });
  const socket = await open();
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(await text(socket)).toContain('served');
});

test('an address has its number of connections, and gets a new one for each that it closes', async () => {
  const { open, server } = await start({ maxConnectionsOf: () => 2 });
  const first = await open();
  await open();
  expect(await text(await open())).toMatch(/^HTTP\/1\.1 429 /);
  const gone = once(first, 'close');
  first.destroy();
  await gone;
  await expect.poll(() => connectionsOf(server), { timeout: 30_000 }).toBe(1);
  const next = await open();
  next.end('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  expect(await text(next)).toContain('served');
});

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
