import type { Request, Response } from 'express';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { addressOf } from './page-request.ts';
import type { SignInServices } from './sign-in-services.ts';

/** How a person proved who they are. */
export interface SignInMethod {
  /** Name in the audit log: `password`, `passkey`, or the name of an outside identity provider. */
  readonly name: string;
  /** Authentication methods of RFC 8176. */
  readonly amr: readonly string[];
  /** Authentication context class, where one fits. */
  readonly acr?: string;
}

export const PASSWORD: SignInMethod = { name: 'password', amr: ['pwd'] };

interface SignedIn {
  readonly accountId: string;
  readonly method: SignInMethod;
}

/** Completes every sign-in: records it in the audit log and the device cookie, and resumes the interaction. */
export async function finishSignIn(
  req: Request,
  res: Response,
  { provider, orm, log, devices }: SignInServices,
  { accountId, method }: SignedIn,
): Promise<void> {
  const { name, amr, acr } = method;
  const address = addressOf(req);
  await recordAuditEvent(orm.em.fork(), {
    kind: 'SIGNED_IN',
    actorId: accountId,
    address,
    subject: name,
  });
  log.info({ userId: accountId, method: name, address }, 'signed in');
  await devices.remember(req, res, accountId);
  await provider.interactionFinished(req, res, {
    login: { accountId, remember: true, amr: [...amr], ...(acr && { acr }) },
  });
}
