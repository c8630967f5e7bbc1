import { type Request, type Response, Router } from 'express';
import { z } from 'zod';

import { admitAttempt, forgive } from '../attempts/sign-in-failure.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { formText } from '../interactions/form-fields.ts';
import { addressOf, form, sendPage } from '../interactions/page-request.ts';
import { readSession } from '../interactions/read-session.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { confirmEmailPage } from '../pages/confirm-email-page.ts';
import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { isPasswordRight } from '../passwords/passwords.ts';
import { User } from '../users/user.ts';
import { ownerOfEmailToken, takeEmailToken } from './email-token.ts';

const ACTION = '/oidc/verify-email';

/**
 * Confirms the address of an account by a mailed link. A browser that is signed in needs a click only; any other needs the password.
 * Otherwise an attacker could create an account with a victim's address and wait for the victim to confirm it.
 */
export function verifyRoutes({ provider, orm, devices }: SignInServices): Router {
  const router = Router();
  const purpose = 'VERIFY';
  const isSignedInAs = async ({ id }: User, req: Request, res: Response) =>
    (await readSession(provider, req, res))?.accountId === id;

  router.get('/verify-email', async (req, res) => {
    const words = wordsFor(req);
    const { token } = z.object({ token: formText }).parse(req.query);
    const user = await ownerOfEmailToken(orm.em.fork(), { token, purpose });
    if (!user) return sendPage(res, 400, messagePage(words, words.linkUsed, words.linkUsedLead));
    const passwordLabel = (await isSignedInAs(user, req, res)) ? undefined : words.password;
    const { email } = user;
    return sendPage(
      res,
      200,
      confirmEmailPage(words, { action: ACTION, token, email, passwordLabel }),
    );
  });

  router.post('/verify-email', form, async (req, res) => {
    const words = wordsFor(req);
    const { token, password } = z.object({ token: formText, password: formText }).parse(req.body);
    const em = orm.em.fork();
    const user = await ownerOfEmailToken(em, { token, purpose });
    if (!user) return sendPage(res, 400, messagePage(words, words.linkUsed, words.linkUsedLead));
    const { id, email, passwordHash } = user;
    const address = addressOf(req);
    if (!(await isSignedInAs(user, req, res))) {
      const refuse = (status: number, error: string) => {
        const options = { action: ACTION, token, email, passwordLabel: words.password, error };
        return sendPage(res, status, confirmEmailPage(words, options));
      };
      const device = await devices.find(req, id);
      const attempt = await admitAttempt(em, { email, address, device });
      if ('waitSeconds' in attempt) return refuse(429, words.waitToSignIn(attempt.waitSeconds));
      if (!(await isPasswordRight(passwordHash, password))) return refuse(401, words.passwordWrong);
      await forgive(em, attempt);
    }
    const isDone = await em.transactional(async (transaction) => {
      if (!(await takeEmailToken(transaction, { token, purpose }))) return false;
      await transaction.nativeUpdate(User, { id }, { emailVerifiedAt: new Date() });
      const event = { actorId: id, address, subject: email };
      await recordAuditEvent(transaction, { kind: 'EMAIL_VERIFIED', ...event });
      return true;
    });
    const [title, lead] = isDone
      ? [words.emailConfirmed, words.emailConfirmedLead]
      : [words.linkUsed, words.linkUsedLead];
    return sendPage(res, isDone ? 200 : 400, messagePage(words, title, lead));
  });
  return router;
}
