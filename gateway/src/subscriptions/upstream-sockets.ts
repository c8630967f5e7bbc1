import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** Connections to subgraphs, which subscriptions with the same token share. */
export interface UpstreamSockets {
  /** @returns the connection and a function that releases it. The connection closes when its last user has released it. */
  readonly take: (url: string, token: string | undefined) => TakenSocket;
}

interface TakenSocket {
  readonly client: Client;
  readonly release: () => void;
}

/** A subgraph that sends nothing for longer counts as gone. */
const KEEP_ALIVE_MILLISECONDS = 10_000;

export function createUpstreamSockets(): UpstreamSockets {
  const open = new Map<string, { readonly client: Client; users: number }>();
  return {
    take(url, token) {
      const key = `${url} ${token ?? ''}`;
      const socket = open.get(key) ?? { client: connect(url, token), users: 0 };
      open.set(key, socket);
      socket.users++;
      let isTaken = true;
      return {
        client: socket.client,
        release() {
          if (!isTaken) return;
          isTaken = false;
          socket.users--;
          if (socket.users === 0) open.delete(key);
        },
      };
    },
  };
}

/** Connects with its first subscription and closes with its last. The subscriptions themselves reconnect. */
const connect = (url: string, token: string | undefined): Client => {
  let socket: WebSocket | undefined;
  let silence: NodeJS.Timeout | undefined;
  return createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    keepAlive: KEEP_ALIVE_MILLISECONDS,
    on: {
      opened: (opened) => (socket = opened as WebSocket),
      ping(isReceived) {
        if (!isReceived)
          silence = setTimeout(() => socket?.terminate(), KEEP_ALIVE_MILLISECONDS / 2);
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(silence);
      },
      closed: () => clearTimeout(silence),
    },
  });
};
