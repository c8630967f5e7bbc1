import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { WebSocketServer } from 'ws';

/** How long a client may take over its part of an exchange, in milliseconds. */
export interface PatienceLimits {
  /** From the connection, or the first byte of a request, to the end of its headers. */
  readonly headers: number;
  /** From the headers to the end of a body that is no file upload. */
  readonly body: number;
  /** Without a byte in either direction while it is the client's turn to send or to read. */
  readonly silence: number;
  /** Between two requests on a connection. */
  readonly keepAlive: number;
  /** How often headers are checked. */
  readonly check: number;
}

export const PATIENCE_LIMITS: PatienceLimits = {
  headers: 20_000,
  body: 60_000,
  silence: 90_000,
  keepAlive: 5_000,
  check: 5_000,
};

interface HttpServerOptions {
  readonly listener: RequestListener;
  /** Serves WebSockets at one path. The server is asked for at each connection, so that it may be made later. */
  readonly webSockets: { readonly path: string; readonly server: () => WebSocketServer };
  /** Connections that one network address may have open; undefined: any number. By default no address has a limit. */
  readonly maxConnectionsOf?: (address: string) => number | undefined;
  readonly patience?: Partial<PatienceLimits>;
}

/** Of targets, which name a path mostly. */
const BASE = 'http://service.invalid';

/**
 * Creates the HTTP server of a service. Nothing that a stranger sends reaches a parser that throws outside of a request's
 * own error handling, and a client that stops sending or reading loses its connection within a bounded time. Work
 * of the service itself has no limit here: an upload that moves and a stream of events may last.
 */
export function createHttpServer({
  listener,
  webSockets,
  maxConnectionsOf,
  patience,
}: HttpServerOptions): Server {
  const limits = { ...PATIENCE_LIMITS, ...patience };
  /** The request that a connection is busy with. */
  const requests = new WeakMap<Duplex, IncomingMessage>();

  const server = createServer(
    {
      // Uploads last as long as they move.
      requestTimeout: 0,
      headersTimeout: limits.headers,
      connectionsCheckingInterval: limits.check,
      keepAliveTimeout: limits.keepAlive,
      // Any other protocol is not offered: the request is served over HTTP/1.1 (RFC 9110, 7.8).
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, response) => {
      if (!URL.canParse(request.url ?? '', BASE)) return void response.writeHead(400).end();
      const { socket } = request;
      requests.set(socket, request);
      response.once('close', () => requests.delete(socket));
      if (!isUpload(request)) limitBody(request, limits.body);
      listener(request, response);
    },
  );
  server.timeout = limits.silence;
  server.on('timeout', (socket: Socket) => {
    const isOurTurn = requests.get(socket)?.complete && socket.writableLength === 0;
    if (isOurTurn) socket.setTimeout(limits.silence);
    else socket.destroy();
  });
  server.on('upgrade', (request, socket, head) => {
    // ws listens for errors only once it has the connection.
    socket.on('error', () => socket.destroy());
    const path = URL.parse(request.url ?? '', BASE)?.pathname;
    if (path !== webSockets.path) return refuse(socket, '404 Not Found');
    const sockets = webSockets.server();
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.emit('connection', webSocket, request);
    });
  });
  if (maxConnectionsOf) limitConnections(server, maxConnectionsOf);
  return server;
}

const isUpload = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('multipart/form-data') ?? false;

function limitBody(request: IncomingMessage, milliseconds: number): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length === '0' && encoding === undefined) return;
  const timer = setTimeout(() => request.socket.destroy(), milliseconds);
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop).once('close', stop);
}

function limitConnections(server: Server, maxOf: (address: string) => number | undefined): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = open.get(address) ?? 0;
    if (count >= (maxOf(address) ?? Infinity)) {
      socket.on('error', () => socket.destroy());
      return refuse(socket, '429 Too Many Requests');
    }
    open.set(address, count + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

/** Answers without reading the rest of what the client sends. */
function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}
