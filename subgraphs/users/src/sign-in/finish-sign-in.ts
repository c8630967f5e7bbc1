import type { Logger } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Request, Response } from 'express';
import type { default as Provider } from 'oidc-provider';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { addressOf } from './page-request.ts';

/** How a person proved who they are. */
export interface SignInMethod {
  /** As the audit log has it: `password`, `passkey`, the name of an outside identity provider. */
  readonly name: string;
  /** Authentication methods of RFC 8176. */
  readonly amr: readonly string[];
  /** Authentication context class, where one fits. */
  readonly acr?: string;
}

export const PASSWORD: SignInMethod = { name: 'password', amr: ['pwd'] };

interface FinishOptions {
  readonly provider: Provider;
  readonly orm: MikroORM;
  readonly log: Logger;
  readonly accountId: string;
  readonly method: SignInMethod;
}

/** Every sign-in ends here: notes it in the audit log, and sends the browser back to what it was on its way to. */
export async function finishSignIn(
  req: Request,
  res: Response,
  { provider, orm, log, accountId, method }: FinishOptions,
): Promise<void> {
  const { name, amr, acr } = method;
  await recordAuditEvent(orm.em.fork(), {
    kind: 'SIGNED_IN',
    actorId: accountId,
    address: addressOf(req),
    subject: name,
  });
  log.info({ userId: accountId, method: name }, 'signed in');
  await provider.interactionFinished(req, res, {
    login: { accountId, remember: true, amr: [...amr], ...(acr && { acr }) },
  });
}
