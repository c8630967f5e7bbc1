import { DomainError } from '../errors.ts';
import type { PageArguments } from './page-arguments.ts';
import type { PageInfo } from './page-info.ts';

interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

interface Connection<Node> {
  readonly edges: Edge<Node>[];
  readonly nodes: Node[];
  readonly pageInfo: PageInfo;
}

/** A part of a connection, between two places that do not belong to it. */
export interface PageRange<Place> {
  readonly after: Place | undefined;
  readonly before: Place | undefined;
  readonly limit: number;
  /** Whether the nodes are read from the end of the connection. */
  readonly backward: boolean;
}

interface ConnectionOptions<Node, Place> {
  readonly page: PageArguments;
  /** How many nodes a page has when neither `first` nor `last` is given. */
  readonly defaultSize: number;
  readonly maxSize: number;
  readonly cursorOf: (node: Node) => string;
  /** Returns undefined when the cursor is not one of this connection. */
  readonly placeOf: (cursor: string) => Place | undefined;
  /** Reads up to `limit` nodes of a range: in the connection's order, or in the opposite order when `backward`. */
  readonly read: (range: PageRange<Place>) => Promise<readonly Node[]>;
}

/**
 * Reads a page of a Relay connection. `hasNextPage` and `hasPreviousPage` are exact in both directions.
 * @throws {DomainError} BAD_USER_INPUT for a page size out of range, `first` together with `last`, or a wrong cursor.
 */
export async function readConnection<Node, Place>(
  options: ConnectionOptions<Node, Place>,
): Promise<Connection<Node>> {
  const { page, placeOf, cursorOf, read } = options;
  const { size, backward } = pageSize(options);
  const after = placeIn('after', page.after, placeOf);
  const before = placeIn('before', page.before, placeOf);
  const found = await read({ after, before, limit: size + 1, backward });
  const isCut = found.length > size;
  const nodes = backward ? found.slice(0, size).toReversed() : found.slice(0, size);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const startCursor = edges[0]?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;

  // Nodes beyond a cursor may be gone since it was given out.
  const exists = async (range: Partial<PageRange<Place>>): Promise<boolean> => {
    const all = { after: undefined, before: undefined, limit: 1, backward: false };
    return (await read({ ...all, ...range })).length > 0;
  };
  const existsBefore = (): Promise<boolean> =>
    exists({ before: startCursor === null ? before : placeOf(startCursor), backward: true });
  const existsAfter = (): Promise<boolean> =>
    exists({ after: endCursor === null ? after : placeOf(endCursor) });
  return {
    edges,
    nodes,
    pageInfo: {
      hasPreviousPage: (backward && isCut) || (after !== undefined && (await existsBefore())),
      hasNextPage: (!backward && isCut) || (before !== undefined && (await existsAfter())),
      startCursor,
      endCursor,
    },
  };
}

function pageSize({
  page: { first, last },
  defaultSize,
  maxSize,
}: Pick<ConnectionOptions<unknown, unknown>, 'page' | 'defaultSize' | 'maxSize'>): {
  readonly size: number;
  readonly backward: boolean;
} {
  if (typeof first === 'number' && typeof last === 'number') {
    throw new DomainError('BAD_USER_INPUT', 'Use either "first" or "last", not both.');
  }
  const backward = typeof last === 'number';
  const size = last ?? first ?? defaultSize;
  if (size < 1 || size > maxSize) {
    const name = backward ? 'last' : 'first';
    throw new DomainError('BAD_USER_INPUT', `"${name}" must be between 1 and ${maxSize}.`);
  }
  return { size, backward };
}

function placeIn<Place>(
  argument: 'after' | 'before',
  cursor: string | null | undefined,
  placeOf: (cursor: string) => Place | undefined,
): Place | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const place = placeOf(cursor);
  if (place !== undefined) return place;
  throw new DomainError('BAD_USER_INPUT', `"${argument}" is not a cursor of this connection.`);
}
