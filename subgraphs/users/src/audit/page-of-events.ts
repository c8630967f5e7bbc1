import { assertPageSize, connectionOf, DomainError, isUuid } from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { AuditEventConnection } from './audit-event-connection.ts';
import { AuditEvent } from './audit-event.ts';

export interface Page {
  readonly first: number;
  readonly after: string | null;
}

const LARGEST_PAGE = 200;

/** @throws {DomainError} BAD_USER_INPUT for a page that may not be asked for, or a cursor that is none. */
export async function pageOfEvents(
  em: EntityManager,
  which: FilterQuery<AuditEvent>,
  { first, after }: Page,
): Promise<AuditEventConnection> {
  assertPageSize(first, LARGEST_PAGE);
  const place = after === null ? undefined : decode(after);
  const following: FilterQuery<AuditEvent> = place
    ? { $or: [{ at: { $lt: place.at } }, { at: place.at, id: { $lt: place.id } }] }
    : {};
  const found = await em.find(
    AuditEvent,
    { $and: [which, following] },
    { orderBy: { at: 'desc', id: 'desc' }, limit: first + 1 },
  );
  return connectionOf({ found, first, after, cursorOf: encode });
}

const encode = ({ at, id }: AuditEvent): string =>
  Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

function decode(cursor: string): { readonly at: Date; readonly id: string } {
  const [time, id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const at = new Date(Number(time));
  if (Number.isNaN(at.getTime()) || !isUuid(id))
    throw new DomainError('BAD_USER_INPUT', '"after" is not a cursor of this connection.');
  return { at, id };
}
