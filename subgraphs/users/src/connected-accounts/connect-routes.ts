import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { Router } from 'express';
import { z } from 'zod';

import type { OutsideFlows } from '../identity-providers/outside-flow.ts';
import { findOutcome, takeOutcome } from '../identity-providers/outside-outcome.ts';
import { OutsideDownError } from '../identity-providers/outside-providers.ts';
import { formText } from '../interactions/form-fields.ts';
import { addressOf, form, sendPage } from '../interactions/page-request.ts';
import { isRecent, readSession } from '../interactions/read-session.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagesIn } from '../mail/messages.ts';
import { connectPage, signInAgainPage } from '../pages/connect-pages.ts';
import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';
import { User } from '../users/user.ts';
import { ConnectedAccount } from './connected-account.ts';
import { connect } from './find-account.ts';

/**
 * Connects an account at an outside provider to the account that is signed in here. The person confirms the account first: someone
 * else may have signed the browser in at the provider.
 */
export function connectRoutes(services: SignInServices, flows: OutsideFlows): Router {
  const { provider, orm, log, mailer, publicUrl, outsideProviders } = services;
  const router = Router();

  router.get('/connect/:provider', async (req, res, next) => {
    const words = wordsFor(req);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    const session = await readSession(provider, req, res);
    if (!session || !isRecent(session)) {
      return sendPage(res, 403, signInAgainPage(words, req.originalUrl));
    }
    try {
      const goal = { purpose: 'CONNECT', purposeId: session.sessionUid } as const;
      return res.redirect(303, (await flows.begin(res, outside, goal)).href);
    } catch (error) {
      if (!(error instanceof OutsideDownError)) throw error;
      log.warn({ err: error, provider: outside.id }, 'outside provider does not answer');
      const title = words.outsideDown(outside.name);
      return sendPage(res, 503, messagePage(words, title, words.outsideDownLead));
    }
  });

  router.get('/connect/:provider/confirm', async (req, res, next) => {
    const words = wordsFor(req);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    const { ticket } = z.object({ ticket: formText }).parse(req.query);
    const em = orm.em.fork();
    const session = await readSession(provider, req, res);
    const purposeId = session?.sessionUid ?? '';
    const claim = { ticket, provider: outside.id, purpose: 'CONNECT', purposeId } as const;
    const person = session && (await findOutcome(em, claim));
    const user = session && (await em.findOne(User, session.accountId));
    if (!person || !user) {
      return sendPage(res, 400, messagePage(words, words.outsideStale, words.outsideStaleLead));
    }
    const page = connectPage(words, {
      provider: outside,
      ticket,
      outside: person.email ?? outside.name,
      email: user.email,
    });
    return sendPage(res, 200, page);
  });

  router.post('/connect/:provider/confirm', form, async (req, res, next) => {
    const words = wordsFor(req);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    const { id, name } = outside;
    const { ticket } = z.object({ ticket: formText }).parse(req.body);
    const em = orm.em.fork();
    const session = await readSession(provider, req, res);
    const purposeId = session?.sessionUid ?? '';
    const claim = { ticket, provider: id, purpose: 'CONNECT', purposeId } as const;
    const person = session && (await takeOutcome(em, claim));
    const user = session && (await em.findOne(User, session.accountId));
    if (!person || !user) {
      return sendPage(res, 400, messagePage(words, words.outsideStale, words.outsideStaleLead));
    }
    try {
      const circumstances = { name, address: addressOf(req) };
      await em.transactional((transaction) => connect(transaction, user.id, person, circumstances));
      const { accountConnected } = messagesIn(user.language);
      mailer.send({ to: user.email, ...accountConnected(name, `${publicUrl}/account`) });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const { subject } = person;
      const known = await orm.em.fork().findOne(ConnectedAccount, { provider: id, subject });
      if (known?.user.id !== user.id) {
        const lead = words.connectedElsewhereLead;
        return sendPage(res, 409, messagePage(words, words.connectedElsewhere, lead));
      }
    }
    return res.redirect(303, `${publicUrl}/account`);
  });
  return router;
}
