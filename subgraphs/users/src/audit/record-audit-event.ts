import { currentCallerAddress } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import { AuditEvent, type AuditEventKind } from './audit-event.ts';

interface NewAuditEvent {
  readonly kind: AuditEventKind;
  /** The user who did it, or on whose account it was tried; absent when unknown. */
  readonly actorId?: string | undefined;
  readonly workspaceId?: string | undefined;
  /** Network address of the client; absent: that of the current request. */
  readonly address?: string | undefined;
  /** Whom or what it was done to. Never a secret. */
  readonly subject?: string | undefined;
}

/** Adds to the audit log, in the transaction of `em` if it has one, so that a rollback removes the entry. */
export async function recordAuditEvent(em: EntityManager, event: NewAuditEvent): Promise<void> {
  const { kind, actorId = null, workspaceId = null, subject = null } = event;
  const { address = currentCallerAddress() ?? null } = event;
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
