import { Router } from 'express';
import { z } from 'zod';

import { forgotRoutes } from '../accounts/forgot-routes.ts';
import { signUpConfirmRoutes } from '../accounts/sign-up-confirm-routes.ts';
import { signUpRoutes } from '../accounts/sign-up-routes.ts';
import { outsideSignInRoutes } from '../connected-accounts/outside-sign-in-routes.ts';
import type { OutsideFlows } from '../identity-providers/outside-flow.ts';
import { formText } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { signUpPage } from '../pages/sign-up-page.ts';
import { passkeyRoutes } from '../passkeys/passkey-routes.ts';
import { answerConsent, showConsent } from './consent.ts';
import { signInRoutes } from './sign-in-routes.ts';

/** The pages through which the provider leads a person who is not signed in. They need no JavaScript. */
export function interactionRoutes(services: SignInServices, flows: OutsideFlows): Router {
  const { provider, orm, outsideProviders } = services;
  const router = Router();

  router.get('/:uid', async (req, res) => {
    const { details, words, action, send } = await openInteraction(provider, req, res);
    if (details.prompt.name === 'consent') {
      const { headers, body } = await showConsent(provider, details, { words, action });
      return res.set(headers).send(body);
    }
    const isNew = details.params.screen === 'sign-up' && req.query.screen !== 'sign-in';
    return send(
      200,
      (isNew ? signUpPage : signInPage)(words, action, { providers: outsideProviders.list }),
    );
  });

  router.post('/:uid/consent', form, async (req, res) => {
    const { details, action } = await openInteraction(provider, req, res);
    if (details.prompt.name !== 'consent') return res.redirect(303, action);
    const { answer } = z.object({ answer: formText }).parse(req.body);
    const isAllowed = answer === 'allow';
    return answerConsent({ provider, orm }, { req, res, isAllowed, address: addressOf(req) });
  });

  router.use(signInRoutes(services));
  router.use(passkeyRoutes(services));
  router.use(signUpRoutes(services));
  router.use(signUpConfirmRoutes(services));
  router.use(forgotRoutes(services));
  router.use(outsideSignInRoutes(services, flows));
  return router;
}
