import type { Identity } from '@affluent/service';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import express, { Router } from 'express';
import { GraphQLError } from 'graphql';
import { z } from 'zod';

import { AuditEvent } from '../audit/audit-event.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { lockUser } from '../users/lock-user.ts';

interface DeniedOptions {
  readonly orm: MikroORM;
  /** Who sent a request with this `Authorization` header. @throws for a token that does not hold. */
  readonly identify: (authorization: string | undefined) => Promise<Identity | undefined>;
}

const report = z.object({ subject: z.string().regex(/^\P{Cc}{1,200}$/u) });
const MINUTE = 60_000;
const MAX_PER_MINUTE = 60;

/**
 * `POST /audit/denied`: the gateway reports, with the caller's token, what the caller was refused. The route is not reachable from
 * outside. A caller who reached it could only add to their own log, 60 times a minute.
 */
export function deniedRoutes({ orm, identify }: DeniedOptions): Router {
  const router = Router();
  router.post('/denied', express.json({ limit: '2kb' }), async (req, res) => {
    const identity = await identify(req.get('authorization')).catch((error: unknown) => {
      if (!(error instanceof GraphQLError)) throw error;
    });
    if (!identity) return res.status(401).end();
    const parsed = report.safeParse(req.body);
    if (!parsed.success) return res.status(400).end();
    const { subject } = parsed.data;
    const isRecorded = await recordDenied(orm.em.fork(), identity.userId, subject);
    return res.status(isRecorded ? 204 : 429).end();
  });
  return router;
}

/** @returns whether it was recorded: false above the limit per minute, for concurrent reports too. */
function recordDenied(em: EntityManager, actorId: string, subject: string): Promise<boolean> {
  return em.transactional(async (transaction) => {
    await lockUser(transaction, actorId);
    const recent = {
      actorId,
      kind: 'ACCESS_DENIED' as const,
      at: { $gt: new Date(Date.now() - MINUTE) },
    };
    if ((await transaction.count(AuditEvent, recent)) >= MAX_PER_MINUTE) return false;
    await recordAuditEvent(transaction, { kind: 'ACCESS_DENIED', actorId, subject });
    return true;
  });
}
