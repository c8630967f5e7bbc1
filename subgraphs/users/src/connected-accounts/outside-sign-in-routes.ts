import { Router } from 'express';
import { z } from 'zod';

import type { OutsideFlows } from '../identity-providers/outside-flow.ts';
import { takeOutcome } from '../identity-providers/outside-outcome.ts';
import { OutsideDownError } from '../identity-providers/outside-providers.ts';
import { finishSignIn } from '../interactions/finish-sign-in.ts';
import { formText } from '../interactions/form-fields.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import { goingPage } from '../pages/connect-pages.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { findAccount } from './find-account.ts';

/** Signs in with an outside provider: sends the browser there, and resumes when it returns from the callback. */
export function outsideSignInRoutes(services: SignInServices, flows: OutsideFlows): Router {
  const { provider, orm, log, mailer, publicUrl, outsideProviders } = services;
  const providers = outsideProviders.list;
  const router = Router();

  router.post('/:uid/with/:provider', form, async (req, res, next) => {
    const { details, words, action, send } = await openInteraction(provider, req, res);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    try {
      const goal = { purpose: 'SIGN_IN', purposeId: details.uid } as const;
      const { href } = await flows.begin(res, outside, goal);
      // Not a redirect: `form-action` would have to name every origin that the provider redirects to.
      res.set('refresh', `0; url=${href}`);
      return send(200, goingPage(words, outside.name, href));
    } catch (error) {
      if (!(error instanceof OutsideDownError)) throw error;
      log.warn({ err: error, provider: outside.id }, 'outside provider does not answer');
      const message = `${words.outsideDown(outside.name)}. ${words.outsideDownLead}`;
      return send(503, signInPage(words, action, { error: message, providers }));
    }
  });

  router.get('/:uid/with/:provider', async (req, res, next) => {
    const { details, words, action, send } = await openInteraction(provider, req, res);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    const { id, name } = outside;
    const { ticket } = z.object({ ticket: formText }).parse(req.query);
    const em = orm.em.fork();
    const refuse = (status: number, error: string) =>
      send(status, signInPage(words, action, { error, providers }));
    const claim = { ticket, provider: id, purpose: 'SIGN_IN', purposeId: details.uid } as const;
    const person = await takeOutcome(em, claim);
    if (!person) return refuse(400, words.outsideStaleLead);
    const address = addressOf(req);
    const found = await findAccount(em, person, { words, name, address });
    if ('refusal' in found) {
      log.warn({ provider: id, reason: found.refusal, address }, 'sign-in refused');
      return refuse(
        403,
        found.refusal === 'NO_EMAIL'
          ? words.outsideNoEmail(name)
          : words.outsideEmailTaken(String(person.email)),
      );
    }
    const { accountId, connected } = found;
    if (connected) {
      const { accountConnected } = messagesIn(connected.language);
      mailer.send({ to: connected.email, ...accountConnected(name, `${publicUrl}/account`) });
    }
    const method = { name, amr: ['fed'] };
    return finishSignIn(req, res, services, { accountId, method });
  });
  return router;
}
