import { Router } from 'express';
import type { z } from 'zod';

import { admit } from '../attempts/counted-attempt.ts';
import { finishSignIn, PASSWORD } from '../interactions/finish-sign-in.ts';
import { credentials, findProblem } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import { checkMailPage } from '../pages/check-mail-page.ts';
import { signUpPage } from '../pages/sign-up-page.ts';
import type { Words } from '../pages/words/en.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { createUser } from './create-user.ts';
import { keepSignUpRequest } from './sign-up-request.ts';

/**
 * Creates accounts with e-mail and password.
 *
 * With a mail server, answer and time are the same whether or not the address has an account: the difference is only in the
 * message to that address. The account is created when its link is opened and confirmed.
 *
 * Without a mail server the account is created at once, unconfirmed, so that the product works out of the box. A refusal then
 * reveals that an address has an account, a hundred times in 15 minutes from one network. Set SMTP_URL to avoid that.
 */
export function signUpRoutes(services: SignInServices): Router {
  const { provider, orm, mailer, background, outsideProviders } = services;
  const router = Router();

  router.get('/:uid/sign-up', async (req, res) => {
    const { words, action, send } = await openInteraction(provider, req, res);
    send(200, signUpPage(words, action, { providers: outsideProviders.list }));
  });

  router.post('/:uid/sign-up', form, async (req, res) => {
    const { words, action, details, send } = await openInteraction(provider, req, res);
    const wanted = credentials.parse(req.body);
    const { displayName, email, password } = wanted;
    const refuse = (status: number, error: string) =>
      send(
        status,
        signUpPage(words, action, { error, email, displayName, providers: outsideProviders.list }),
      );
    const problem = findProblem(words, wanted);
    if (problem) return refuse(422, problem);
    const address = addressOf(req);
    if (!(await admit(orm.em, 'SIGN_UP', address))) return refuse(429, words.tooManyAttempts);
    if (mailer.isDelivering) {
      send(200, checkMailPage(words, action, words.signUpSent(email)));
      return background.run('sign-up by mail', () =>
        writeTo(services, { ...wanted, words, uid: details.uid }),
      );
    }
    const user = await createUser(orm.em, {
      email,
      isEmailVerified: false,
      displayName,
      passwordHash: await hashPassword(password),
      language: words.language,
      workspaceName: words.workspaceOf(displayName),
      address,
    });
    if (!user) return refuse(422, words.accountNotMade);
    return finishSignIn(req, res, services, { accountId: user.id, method: PASSWORD });
  });
  return router;
}

interface Wanted extends z.output<typeof credentials> {
  readonly words: Words;
  readonly uid: string;
}

/** Mails the owner of the address how to continue: with their existing account, or by confirming the new one. */
async function writeTo(
  { orm, mailer, publicUrl }: SignInServices,
  { words, uid, email, displayName, password }: Wanted,
): Promise<void> {
  const em = orm.em.fork();
  if (!(await admit(em, 'SIGN_UP_MAIL', email))) return;
  const { language } = words;
  const user = await findByEmail(em, email);
  if (user) {
    const { alreadySignedUp } = messagesIn(user.language);
    return mailer.send({ to: user.email, ...alreadySignedUp(`${publicUrl}/sign-in`) });
  }
  const token = await keepSignUpRequest(em, {
    interactionUid: uid,
    email,
    displayName,
    passwordHash: await hashPassword(password),
    language,
  });
  const link = `${publicUrl}/oidc/interaction/${uid}/confirm?token=${token}`;
  mailer.send({ to: email, ...messagesIn(language).confirmSignUp(link) });
}
