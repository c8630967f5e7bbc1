import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Files = Readonly<Record<string, Uint8Array | { readonly redirectTo: string }>>;

/** A web server of a third party, with images and other files. @param files - by path. */
export async function startLogoServer(files: Files = { '/logo.png': PNG }) {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, res) => {
    asked.push(url);
    const file = files[url];
    if (!file) res.writeHead(404).end();
    else if ('redirectTo' in file) res.writeHead(302, { location: file.redirectTo }).end();
    else res.writeHead(200, { 'content-type': 'text/html' }).end(file);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    /** The paths that were asked for. */
    asked: asked as readonly string[],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
}
