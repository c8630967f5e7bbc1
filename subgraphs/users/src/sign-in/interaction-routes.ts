import type { Logger } from '@affluent/service';
import type { MikroORM } from '@mikro-orm/postgresql';
import express, { type Request, type Response, Router } from 'express';
import type { default as Provider } from 'oidc-provider';
import { z } from 'zod';

import { createUser } from '../users/create-user.ts';
import { findByEmail } from '../users/find-by-email.ts';
import { answerConsent, consentPage } from './consent.ts';
import { credentials, field, findProblem } from './credentials.ts';
import { PAGE_HEADERS, signInPage, signUpPage } from './pages.ts';
import { isPasswordRight } from './passwords.ts';
import { showError } from './show-error.ts';
import { admitAttempt, forgive } from './sign-in-failure.ts';
import { type Words, wordsFor } from './words.ts';

interface InteractionOptions {
  readonly provider: Provider;
  readonly orm: MikroORM;
  readonly log: Logger;
}

/** The pages through which the provider leads a person who is not signed in. They need no JavaScript. */
export function interactionRoutes({ provider, orm, log }: InteractionOptions): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '10kb' });
  const finish = async (req: Request, res: Response, accountId: string): Promise<void> => {
    log.info({ userId: accountId }, 'signed in');
    await provider.interactionFinished(req, res, { login: { accountId, remember: true } });
  };

  router.get('/:uid', async (req, res) => {
    const { params, prompt } = await provider.interactionDetails(req, res);
    if (prompt.name === 'consent') {
      const client = await provider.Client.find(String(params.client_id));
      const asked = {
        action: actionOf(req),
        client: client?.clientName ?? String(params.client_id),
      };
      return send(res, 200, consentPage(wordsOf(req), { ...asked, scope: String(params.scope) }));
    }
    const show =
      params.screen === 'sign-up' && req.query.screen !== 'sign-in' ? signUpPage : signInPage;
    return send(res, 200, show(wordsOf(req), actionOf(req)));
  });

  router.get('/:uid/sign-up', async (req, res) => {
    await provider.interactionDetails(req, res);
    send(res, 200, signUpPage(wordsOf(req), actionOf(req)));
  });

  router.post('/:uid', form, async (req, res) => {
    await provider.interactionDetails(req, res);
    const words = wordsOf(req);
    const { email, password } = credentials.parse(req.body);
    const em = orm.em.fork();
    const refuse = (status: number, error: string) =>
      send(res, status, signInPage(words, actionOf(req), { error, email }));
    const attempt = await admitAttempt(em, { email, address: addressOf(req) });
    if (!attempt) {
      log.warn('sign-in refused: too many attempts');
      return refuse(429, words.tooManyAttempts);
    }
    const user = await findByEmail(em, email);
    if (!(await isPasswordRight(user?.passwordHash, password)) || !user) {
      log.warn({ userId: user?.id }, 'sign-in refused');
      return refuse(401, words.wrongCredentials);
    }
    await forgive(em, attempt);
    return finish(req, res, user.id);
  });

  router.post('/:uid/sign-up', form, async (req, res) => {
    await provider.interactionDetails(req, res);
    const words = wordsOf(req);
    const { displayName, email, password } = credentials.parse(req.body);
    const refuse = (error: string) =>
      send(res, 422, signUpPage(words, actionOf(req), { error, email, displayName }));
    const problem = findProblem(words, { displayName, email, password });
    if (problem) return refuse(problem);
    const workspaceName = words.workspaceOf(displayName);
    const user = await createUser(orm.em, { email, displayName, password, workspaceName });
    if (!user) return refuse(words.emailTaken);
    log.info({ userId: user.id }, 'account created');
    return finish(req, res, user.id);
  });

  router.post('/:uid/consent', form, async (req, res) => {
    const { prompt } = await provider.interactionDetails(req, res);
    if (prompt.name !== 'consent') return res.redirect(303, actionOf(req));
    const { answer } = z.object({ answer: field }).parse(req.body);
    return answerConsent(provider, req, res, answer === 'allow');
  });

  router.use(showError(log));
  return router;
}

const send = (res: Response, status: number, body: string): void => {
  res.status(status).set(PAGE_HEADERS).send(body);
};

const wordsOf = (req: Request): Words => wordsFor(req.get('accept-language'));

const actionOf = (req: Request): string =>
  `/oidc/interaction/${encodeURIComponent(String(req.params.uid))}`;

/** The gateway, alone in front of us, says whom it serves. */
const addressOf = (req: Request): string =>
  req.get('x-forwarded-for') ?? req.socket.remoteAddress ?? '';
