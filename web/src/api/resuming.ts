import type { Client } from 'graphql-ws';

/**
 * A socket that resumes where its connection broke. It subscribes again with the same variables; where they have an `after`, that
 * is the `cursor` of the last event by then.
 */
export const resuming = (socket: Client): Client => ({
  ...socket,
  subscribe: (payload, sink) => {
    if (!payload.variables || !('after' in payload.variables))
      return socket.subscribe(payload, sink);
    // graphql-ws sends this very object again.
    const variables: Record<string, unknown> = { ...payload.variables };
    return socket.subscribe<Record<string, unknown>, unknown>(
      { ...payload, variables },
      {
        ...sink,
        next: (event) => {
          variables.after = cursorIn(event.data) ?? variables.after;
          sink.next(event as Parameters<typeof sink.next>[0]);
        },
      },
    );
  },
});

/** A subscription has one root field. */
function cursorIn(data: Record<string, unknown> | null | undefined): string | undefined {
  const [root] = Object.values(data ?? {});
  const cursor =
    typeof root === 'object' && root !== null && 'cursor' in root ? root.cursor : undefined;
  return typeof cursor === 'string' ? cursor : undefined;
}
