import type { EntityManager } from '@mikro-orm/postgresql';

import { AuditEvent, type AuditEventKind } from './audit-event.ts';

interface NewAuditEvent {
  readonly kind: AuditEventKind;
  /** The user who did it, or on whose account it was tried; absent when nobody is known. */
  readonly actorId?: string | undefined;
  readonly workspaceId?: string | undefined;
  /** Network address that the gateway saw. */
  readonly address?: string | undefined;
  /** Whom or what it was done to. Never a secret. */
  readonly subject?: string | undefined;
}

/** Adds to the audit log, in the transaction of `em` when it has one: what did not happen is not in the log. */
export async function recordAuditEvent(em: EntityManager, event: NewAuditEvent): Promise<void> {
  const { kind, actorId = null, workspaceId = null, address = null, subject = null } = event;
  await em.insert(AuditEvent, {
    id: crypto.randomUUID(),
    kind,
    at: new Date(),
    actorId,
    workspaceId,
    address,
    subject,
  });
}
