import { connect } from 'node:net';

interface RawRequest {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface RawAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
}

/** Posts bytes to `/graphql` over a socket of their own: what no client library would send. */
export async function postRaw({ origin, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, host, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host, 'content-length': body.length, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n`);
  socket.write(body);
  let received = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    received += chunk;
    const [head = '', ...rest] = received.split('\r\n\r\n');
    const content = rest.join('\r\n\r\n');
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
    if (Buffer.byteLength(content) < length) continue;
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
    return { status, ...(JSON.parse(content) as object) };
  }
  throw new Error(`The connection was closed after: ${received}`);
}
