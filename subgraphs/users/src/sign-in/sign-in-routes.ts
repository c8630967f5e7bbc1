import { Router } from 'express';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { credentials } from './credentials.ts';
import { finishSignIn, PASSWORD } from './finish-sign-in.ts';
import { openInteraction } from './open-interaction.ts';
import { addressOf, form } from './page-request.ts';
import { signInPage } from './pages.ts';
import { isPasswordRight } from './passwords.ts';
import { admitAttempt, forgive } from './sign-in-failure.ts';
import type { SignInServices } from './sign-in-services.ts';

/** Signs in with e-mail and password. */
export function signInRoutes({ provider, orm, log }: SignInServices): Router {
  const router = Router();

  router.post('/:uid', form, async (req, res) => {
    const { words, action, send } = await openInteraction(provider, req, res);
    const { email, password } = credentials.parse(req.body);
    const address = addressOf(req);
    const em = orm.em.fork();
    const refuse = (status: number, error: string) =>
      send(status, signInPage(words, action, { error, email }));
    const attempt = await admitAttempt(em, { email, address });
    if (!attempt) {
      log.warn('sign-in refused: too many attempts');
      return refuse(429, words.tooManyAttempts);
    }
    const user = await findByEmail(em, email);
    if (!(await isPasswordRight(user?.passwordHash, password)) || !user) {
      log.warn({ userId: user?.id }, 'sign-in refused');
      await recordAuditEvent(em, { kind: 'SIGN_IN_FAILED', actorId: user?.id, address });
      return refuse(401, words.wrongCredentials);
    }
    await forgive(em, attempt);
    return finishSignIn(req, res, {
      provider,
      orm,
      log,
      accountId: user.id,
      method: PASSWORD,
    });
  });
  return router;
}
