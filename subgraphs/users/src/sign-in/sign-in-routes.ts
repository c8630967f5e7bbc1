import { Router } from 'express';

import { signInPage } from '../pages/sign-in-page.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { credentials } from './credentials.ts';
import { finishSignIn, PASSWORD } from './finish-sign-in.ts';
import { noteFailedSignIn } from './note-failed-sign-in.ts';
import { openInteraction } from './open-interaction.ts';
import { addressOf, form } from './page-request.ts';
import { isPasswordRight } from './passwords.ts';
import { admitAttempt, forgive } from './sign-in-failure.ts';
import type { SignInServices } from './sign-in-services.ts';

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
      await noteFailedSignIn(services, { ...attempt, user, address });
      return refuse(401, words.wrongCredentials);
    }
    await forgive(em, attempt);
    return finishSignIn(req, res, services, { accountId: user.id, method: PASSWORD });
  });
  return router;
}
