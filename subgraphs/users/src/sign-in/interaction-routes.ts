import { Router } from 'express';
import { z } from 'zod';

import { answerConsent, showConsent } from './consent.ts';
import { field } from './credentials.ts';
import { openInteraction } from './open-interaction.ts';
import { addressOf, form } from './page-request.ts';
import { signInPage, signUpPage } from './pages.ts';
import { showError } from './show-error.ts';
import { signInRoutes } from './sign-in-routes.ts';
import type { SignInServices } from './sign-in-services.ts';
import { signUpRoutes } from './sign-up-routes.ts';

/** The pages through which the provider leads a person who is not signed in. They need no JavaScript. */
export function interactionRoutes(services: SignInServices): Router {
  const { provider, orm, log } = services;
  const router = Router();

  router.get('/:uid', async (req, res) => {
    const { details, words, action, send } = await openInteraction(provider, req, res);
    if (details.prompt.name === 'consent') {
      const { headers, body } = await showConsent(provider, details, { words, action });
      return res.set(headers).send(body);
    }
    const isNew = details.params.screen === 'sign-up' && req.query.screen !== 'sign-in';
    return send(200, (isNew ? signUpPage : signInPage)(words, action));
  });

  router.post('/:uid/consent', form, async (req, res) => {
    const { details, action } = await openInteraction(provider, req, res);
    if (details.prompt.name !== 'consent') return res.redirect(303, action);
    const { answer } = z.object({ answer: field }).parse(req.body);
    const isAllowed = answer === 'allow';
    return answerConsent({ provider, orm }, { req, res, isAllowed, address: addressOf(req) });
  });

  router.use(signInRoutes(services));
  router.use(signUpRoutes(services));
  router.use(showError(log));
  return router;
}
