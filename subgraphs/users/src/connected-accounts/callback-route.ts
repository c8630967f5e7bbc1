import { Router } from 'express';
import { AuthorizationResponseError } from 'openid-client';

import type { OutsideFlow, OutsideFlows } from '../identity-providers/outside-flow.ts';
import { keepOutcome } from '../identity-providers/outside-outcome.ts';
import { OutsideDownError } from '../identity-providers/outside-providers.ts';
import { readPerson } from '../identity-providers/read-person.ts';
import { sendPage } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { messagePage } from '../pages/layout.ts';
import { wordsFor } from '../pages/words/words-for.ts';

/** Where outside providers redirect the browser to. Their answer is stored; the next step decides whether it counts. */
export function callbackRoute(services: SignInServices, flows: OutsideFlows): Router {
  const { orm, log, publicUrl, outsideProviders } = services;
  const router = Router();

  router.get('/callback/:provider', async (req, res, next) => {
    const words = wordsFor(req);
    const outside = outsideProviders.find(req.params.provider);
    if (!outside) return next();
    const show = (status: number, title: string, lead: string) =>
      sendPage(res, status, messagePage(words, title, lead));
    const stale = () => show(400, words.outsideStale, words.outsideStaleLead);
    const flow = await flows.end(req, res, outside);
    if (!flow || req.query.state !== flow.state) return stale();
    const back = `${publicUrl}${pathAfter(flow, outside.id)}`;
    try {
      const configuration = await outside.discover();
      const url = new URL(req.originalUrl, publicUrl);
      const person = await readPerson(outside, configuration, { url, flow });
      const ticket = await keepOutcome(orm.em.fork(), flow, person);
      return ticket ? res.redirect(303, `${back}?ticket=${ticket}`) : stale();
    } catch (error) {
      if (error instanceof OutsideDownError) {
        return show(503, words.outsideDown(outside.name), words.outsideDownLead);
      }
      const isRefusal = error instanceof AuthorizationResponseError;
      log.warn({ err: error, provider: outside.id }, 'sign-in at an outside provider failed');
      const title = words.outsideFailed(outside.name);
      return show(isRefusal ? 403 : 502, title, words.outsideFailedLead);
    }
  });
  return router;
}

const pathAfter = ({ purpose, purposeId }: OutsideFlow, provider: string): string =>
  purpose === 'SIGN_IN'
    ? `/oidc/interaction/${purposeId}/with/${provider}`
    : `/oidc/connect/${provider}/confirm`;
