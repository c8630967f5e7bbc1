import { Router } from 'express';
import { z } from 'zod';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { describePasswordProblem, formText } from '../interactions/form-fields.ts';
import { addressOf, form, sendPage } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import { messagePage } from '../pages/layout.ts';
import { newPasswordPage } from '../pages/new-password-page.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { findPasswordProblem } from '../passwords/password-policy.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { User } from '../users/user.ts';
import { ownerOfEmailToken, takeEmailToken } from './email-token.ts';
import { endAccess } from './end-access.ts';
import { forgetUnprovenSignInMethods } from './forget-unproven.ts';

const ACTION = '/oidc/reset-password';

/** Sets a new password by a mailed link. */
export function resetRoutes({ orm, mailer, devices, publicUrl }: SignInServices): Router {
  const router = Router();
  const purpose = 'RESET';

  router.get('/reset-password', async (req, res) => {
    const words = wordsFor(req);
    const { token } = z.object({ token: formText }).parse(req.query);
    const user = await ownerOfEmailToken(orm.em.fork(), { token, purpose });
    if (!user) return sendPage(res, 400, messagePage(words, words.linkUsed, words.linkUsedLead));
    const { email } = user;
    return sendPage(res, 200, newPasswordPage(words, { action: ACTION, token, email }));
  });

  router.post('/reset-password', form, async (req, res) => {
    const words = wordsFor(req);
    const { token, password } = z.object({ token: formText, password: formText }).parse(req.body);
    const em = orm.em.fork();
    const user = await ownerOfEmailToken(em, { token, purpose });
    const refuse = () => sendPage(res, 400, messagePage(words, words.linkUsed, words.linkUsedLead));
    if (!user) return refuse();
    const { email } = user;
    const error = describePasswordProblem(words, findPasswordProblem(password, user));
    if (error) {
      const page = newPasswordPage(words, { action: ACTION, token, email, error });
      return sendPage(res, 422, page);
    }
    const passwordHash = await hashPassword(password);
    const isDone = await em.transactional(async (transaction) => {
      if (!(await takeEmailToken(transaction, { token, purpose }))) return false;
      const event = { actorId: user.id, address: addressOf(req), subject: email };
      if (!user.emailVerifiedAt) {
        await forgetUnprovenSignInMethods(transaction, user.id);
        await recordAuditEvent(transaction, { kind: 'EMAIL_VERIFIED', ...event });
      }
      // The link was mailed, so its holder reads the mail of this address.
      const emailVerifiedAt = user.emailVerifiedAt ?? new Date();
      await transaction.nativeUpdate(User, { id: user.id }, { passwordHash, emailVerifiedAt });
      await endAccess(transaction, user.id);
      await recordAuditEvent(transaction, { kind: 'PASSWORD_CHANGED', ...event });
      return true;
    });
    if (!isDone) return refuse();
    // From this device the owner can sign in even during an attack.
    await devices.remember(req, res, user.id);
    const { passwordChanged } = messagesIn(user.language);
    mailer.send({ to: email, ...passwordChanged(`${publicUrl}/account`) });
    const page = messagePage(words, words.passwordSaved, words.passwordSavedLead);
    return sendPage(res, 200, page);
  });
  return router;
}
