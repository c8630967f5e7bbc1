import { connect } from 'node:net';

/** Much longer than any answer takes on a busy machine: what is still open then hangs. */
const MAX_MILLISECONDS = 60_000;
/** A client that gets no answer leaves. */
const PATIENCE_MILLISECONDS = 1_000;
const MAX_CHARACTERS = 100_000;

/**
 * Sends bytes over a connection of their own, closes the sending side once an answer comes, and reads until the server
 * closes too.
 *
 * @returns what came back; empty when the server closed the connection without an answer.
 * @throws {Error} when the server accepts no connection, or keeps this one open.
 */
export function sendRaw(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let received = '';
    let isConnected = false;
    const timer = setTimeout(() => {
      reject(
        new Error(`The server keeps a connection open that sent: ${bytes.toString('latin1')}`),
      );
      socket.destroy();
    }, MAX_MILLISECONDS);
    // Of a request that is cut short the server waits for the rest.
    const giveUp = setTimeout(() => socket.end(), PATIENCE_MILLISECONDS);
    socket
      .setEncoding('latin1')
      .on('connect', () => {
        isConnected = true;
        socket.write(bytes);
      })
      .on('data', (chunk: string) => {
        socket.end();
        if (received.length < MAX_CHARACTERS) received += chunk;
      })
      .on('error', (error) => {
        if (!isConnected) reject(error);
      })
      .on('close', () => {
        clearTimeout(giveUp);
        clearTimeout(timer);
        resolve(received);
      });
  });
}
