import type { Client } from 'graphql-ws';
import { createContext, useContext, useSyncExternalStore } from 'react';

export interface Connection {
  readonly isOpen: boolean;
  /** How many times the socket was opened. */
  readonly opened: number;
}

export interface ConnectionStore {
  readonly get: () => Connection;
  /** Calls back on each change, until the returned function is called. */
  readonly watch: (listener: () => void) => () => void;
}

/** Tracks whether a socket is open. */
export function createConnectionStore(socket: Client): ConnectionStore {
  const listeners = new Set<() => void>();
  let connection: Connection = { isOpen: false, opened: 0 };
  const set = (next: Connection): void => {
    connection = next;
    for (const listener of listeners) listener();
  };
  socket.on('connected', () => set({ isOpen: true, opened: connection.opened + 1 }));
  socket.on('closed', () => set({ ...connection, isOpen: false }));
  return {
    get: () => connection,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const ConnectionContext = createContext<ConnectionStore | undefined>(undefined);

export function useConnection(): Connection {
  const store = useContext(ConnectionContext);
  if (!store) throw new Error('useConnection must be used inside a ConnectionContext');
  return useSyncExternalStore(store.watch, store.get);
}
