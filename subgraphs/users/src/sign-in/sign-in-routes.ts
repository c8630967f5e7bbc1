import { Router } from 'express';

import { admitAttempt, forgive } from '../attempts/sign-in-failure.ts';
import { finishSignIn, PASSWORD } from '../interactions/finish-sign-in.ts';
import { credentials } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { isPasswordRight } from '../passwords/passwords.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { recordFailedSignIn } from './record-failed-sign-in.ts';

/** Signs in with e-mail and password. */
export function signInRoutes(services: SignInServices): Router {
  const { provider, orm, log, devices, outsideProviders } = services;
  const router = Router();

  router.post('/:uid', form, async (req, res) => {
    const { words, action, send } = await openInteraction(provider, req, res);
    const { email, password } = credentials.parse(req.body);
    const address = addressOf(req);
    const em = orm.em.fork();
    const refuse = (status: number, error: string) =>
      send(status, signInPage(words, action, { error, email, providers: outsideProviders.list }));
    const user = (await findByEmail(em, email)) ?? undefined;
    const device = await devices.find(req, user?.id);
    const attempt = await admitAttempt(em, { email, address, device });
    if ('waitSeconds' in attempt) {
      log.warn({ userId: user?.id, address }, 'sign-in refused: too many attempts');
      res.set('retry-after', String(attempt.waitSeconds));
      return refuse(429, words.waitToSignIn(attempt.waitSeconds));
    }
    if (!(await isPasswordRight(user?.passwordHash, password)) || !user) {
      await recordFailedSignIn(services, { ...attempt, user, address });
      return refuse(401, words.wrongCredentials);
    }
    await forgive(em, attempt);
    return finishSignIn(req, res, services, { accountId: user.id, method: PASSWORD });
  });
  return router;
}
