import {
  decodeTimePlace,
  encodeTimePlace,
  newestFirst,
  type PageArguments,
  readConnection,
} from '@affluent/subgraph';
import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

import { AuditEvent } from '../audit/audit-event.ts';
import type { AuditEventConnection } from './audit-event-connection.ts';

export const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

/** @throws {DomainError} BAD_USER_INPUT for a page size out of range, or a wrong cursor. */
export const pageOfEvents = (
  em: EntityManager,
  which: FilterQuery<AuditEvent>,
  page: PageArguments,
): Promise<AuditEventConnection> =>
  readConnection({
    page,
    defaultSize: DEFAULT_PAGE_SIZE,
    maxSize: MAX_PAGE_SIZE,
    cursorOf: ({ at, id }: AuditEvent) => encodeTimePlace({ time: at, id }),
    placeOf: decodeTimePlace,
    read: (range) => {
      const { where, direction } = newestFirst(range, (at) => ({ at }));
      return em.find(
        AuditEvent,
        { $and: [which, ...where] },
        { orderBy: { at: direction, id: direction }, limit: range.limit },
      );
    },
  });
