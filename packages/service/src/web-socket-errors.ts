import type { WebSocketServer } from 'ws';

import type { Logger } from './log.ts';

/**
 * Logs errors of a server's WebSockets: oversized messages, malformed frames, lost connections. ws has closed the socket
 * with the fitting code by then. Call it after graphql-ws's `useServer`, whose own listener prints them to the console.
 */
export function logWebSocketErrors(sockets: WebSocketServer, log: Logger): void {
  sockets.on('connection', (socket) => {
    socket.removeAllListeners('error');
    socket.on('error', (error) => log.info({ err: error }, 'WebSocket error'));
  });
}
