import { DomainError } from '../errors.ts';
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

/**
 * A page of a Relay connection.
 * @param found - what follows the cursor `after`: up to `first` nodes and one more, which tells that a next page exists.
 */
export function connectionOf<Node>({
  found,
  first,
  after,
  cursorOf,
}: {
  readonly found: readonly Node[];
  readonly first: number;
  readonly after: string | null | undefined;
  readonly cursorOf: (node: Node) => string;
}): Connection<Node> {
  const nodes = found.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** @throws {DomainError} BAD_USER_INPUT when a page of this size may not be asked for. */
export function assertPageSize(first: number, largest: number): void {
  if (first < 1 || first > largest) {
    throw new DomainError('BAD_USER_INPUT', `"first" must be between 1 and ${largest}.`);
  }
}
