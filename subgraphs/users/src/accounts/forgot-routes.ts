import { Router } from 'express';

import { admit } from '../attempts/counted-attempt.ts';
import { credentials } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import { checkMailPage } from '../pages/check-mail-page.ts';
import { forgotPasswordPage } from '../pages/forgot-password-page.ts';
import { isEmail } from '../users/email-address.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { issueEmailToken } from './email-token.ts';

/** Requests a link to set a new password. The answer never reveals whether the account exists. */
export function forgotRoutes({
  provider,
  orm,
  mailer,
  background,
  publicUrl,
}: SignInServices): Router {
  const router = Router();

  router.get('/:uid/forgot', async (req, res) => {
    const { words, action, send } = await openInteraction(provider, req, res);
    send(200, forgotPasswordPage(words, action));
  });

  router.post('/:uid/forgot', form, async (req, res) => {
    const { words, action, send } = await openInteraction(provider, req, res);
    const { email } = credentials.parse(req.body);
    const refuse = (status: number, error: string) =>
      send(status, forgotPasswordPage(words, action, { error, email }));
    if (!isEmail(email)) return refuse(422, words.emailInvalid);
    const isAdmitted = await admit(orm.em, 'RESET_REQUEST', addressOf(req));
    if (!isAdmitted) return refuse(429, words.tooManyAttempts);
    send(200, checkMailPage(words, action, words.forgotSent(email)));
    return background.run('reset by mail', async () => {
      const em = orm.em.fork();
      const user = await findByEmail(em, email);
      if (!user || !(await admit(em, 'ACCOUNT_MAIL', user.email))) return;
      const token = await issueEmailToken(em, { userId: user.id, purpose: 'RESET' });
      const link = `${publicUrl}/oidc/reset-password?token=${token}`;
      mailer.send({ to: user.email, ...messagesIn(words.language).resetPassword(link) });
    });
  });
  return router;
}
