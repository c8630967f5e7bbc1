import { type Request, type Response, Router } from 'express';
import { errors } from 'oidc-provider';
import { z } from 'zod';

import { admitAttempt, forgive } from '../attempts/sign-in-failure.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { finishSignIn, PASSWORD } from '../interactions/finish-sign-in.ts';
import { formText } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form, sendPage } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { confirmEmailPage } from '../pages/confirm-email-page.ts';
import { messagePage } from '../pages/layout.ts';
import { wordsFor, wordsIn } from '../pages/words/words-for.ts';
import { isPasswordRight } from '../passwords/passwords.ts';
import { createUser } from './create-user.ts';
import { findSignUpRequest, type SignUpRequest, takeSignUpRequest } from './sign-up-request.ts';

/**
 * Confirms a sign-up by its mailed link. The browser that requested the account needs a click only, and is signed in. Any other
 * needs the password too: otherwise an attacker could sign up with a victim's address and wait for the victim to confirm it.
 */
export function signUpConfirmRoutes(services: SignInServices): Router {
  const { provider, orm } = services;
  const router = Router();
  const show = (res: Response, req: Request, options: ShowOptions) => {
    const words = wordsFor(req);
    const { request, token, isSameBrowser, error } = options;
    const status = error ? 401 : 200;
    const action = `/oidc/interaction/${request.interactionUid}/confirm`;
    const passwordLabel = isSameBrowser ? undefined : words.confirmPassword;
    const { email } = request;
    sendPage(res, status, confirmEmailPage(words, { action, token, email, passwordLabel, error }));
  };
  const showMessage = (res: Response, status: number, title: string, lead: string, req: Request) =>
    sendPage(res, status, messagePage(wordsFor(req), title, lead));

  router.get('/:uid/confirm', async (req, res) => {
    const words = wordsFor(req);
    const { token } = z.object({ token: formText }).parse(req.query);
    const request = await findSignUpRequest(orm.em.fork(), token);
    if (!request) return showMessage(res, 400, words.linkUsed, words.linkUsedLead, req);
    const isSameBrowser = await isBrowserOf(request, req, res);
    return show(res, req, { request, token, isSameBrowser });
  });

  router.post('/:uid/confirm', form, async (req, res) => {
    const words = wordsFor(req);
    const address = addressOf(req);
    const em = orm.em.fork();
    const { token, password } = z.object({ token: formText, password: formText }).parse(req.body);
    const request = await findSignUpRequest(em, token);
    if (!request) return showMessage(res, 400, words.linkUsed, words.linkUsedLead, req);
    const { email, displayName, passwordHash, language } = request;
    const isSameBrowser = await isBrowserOf(request, req, res);
    if (!isSameBrowser) {
      const refuse = (error: string) => show(res, req, { request, token, isSameBrowser, error });
      const attempt = await admitAttempt(em, { email, address });
      if ('waitSeconds' in attempt) return refuse(words.waitToSignIn(attempt.waitSeconds));
      if (!(await isPasswordRight(passwordHash, password))) return refuse(words.passwordWrong);
      await forgive(em, attempt);
    }
    const account = {
      email,
      displayName,
      passwordHash,
      language,
      address,
      isEmailVerified: true,
      workspaceName: wordsIn(language).workspaceOf(displayName),
    };
    const user = await createUser(em, account, async (transaction, { id }) => {
      if (!(await takeSignUpRequest(transaction, token))) throw new errors.SessionNotFound('used');
      const event = { actorId: id, address, subject: email };
      await recordAuditEvent(transaction, { kind: 'EMAIL_VERIFIED', ...event });
    });
    if (!user) return showMessage(res, 400, words.linkUsed, words.accountNotMade, req);
    if (!isSameBrowser)
      return showMessage(res, 200, words.accountReady, words.accountReadyLead, req);
    return finishSignIn(req, res, services, { accountId: user.id, method: PASSWORD });
  });

  async function isBrowserOf(request: SignUpRequest, req: Request, res: Response) {
    try {
      const { details } = await openInteraction(provider, req, res);
      return details.uid === request.interactionUid;
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return false;
      throw error;
    }
  }
  return router;
}

interface ShowOptions {
  readonly request: SignUpRequest;
  readonly token: string;
  readonly isSameBrowser: boolean;
  readonly error?: string;
}
