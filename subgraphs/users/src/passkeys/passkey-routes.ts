import { createRateLimit } from '@affluent/subgraph';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
} from '@simplewebauthn/server';
import { Router } from 'express';
import { z } from 'zod';

import { networkOf } from '../attempts/network-of.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { finishSignIn, type SignInMethod } from '../interactions/finish-sign-in.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { addressOf, form } from '../interactions/page-request.ts';
import type { SignInServices } from '../interactions/sign-in-services.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import { keepChallenge } from './passkey-challenge.ts';
import { relyingPartyOf } from './relying-party.ts';
import { verifyPasskey } from './verify-passkey.ts';

/** RFC 8176: a proof of possession, of a key that asked who uses it. */
const PASSKEY: SignInMethod = { name: 'passkey', amr: ['pop', 'user'] };

const bytes = z.base64url().max(4096);
/** `AuthenticationResponseJSON` of WebAuthn, as far as it is used. */
const assertion = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish(),
  }),
});
const posted = z.object({
  response: z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue('This is no JSON.');
        return z.NEVER;
      }
    })
    .pipe(assertion),
});

/** Challenges and answers allowed per network; docs/limits.md. */
export const CHALLENGE_LIMIT = { max: 600, seconds: 900 } as const;

/** Signs in with a passkey, within an interaction of the identity provider. */
export function passkeyRoutes(services: SignInServices): Router {
  const { provider, orm, log, outsideProviders, publicUrl } = services;
  const admitChallenge = createRateLimit(CHALLENGE_LIMIT);
  const admitAnswer = createRateLimit(CHALLENGE_LIMIT);
  const router = Router();

  router.post('/:uid/passkey/options', async (req, res) => {
    const { details } = await openInteraction(provider, req, res);
    if (!(await admitChallenge(networkOf(addressOf(req))))) return res.status(429).end();
    const options = await generateAuthenticationOptions({
      rpID: relyingPartyOf(publicUrl).id,
      userVerification: 'required',
    });
    await keepChallenge(orm.em.fork(), options.challenge, {
      purpose: 'SIGN_IN',
      subject: details.uid,
    });
    return res.set('cache-control', 'no-store').json(options);
  });

  router.post('/:uid/passkey', form, async (req, res) => {
    const { details, words, action, send } = await openInteraction(provider, req, res);
    const response = posted.parse(req.body).response as AuthenticationResponseJSON;
    const address = addressOf(req);
    const em = orm.em.fork();
    const refuse = (status: number, error: string) =>
      send(status, signInPage(words, action, { error, providers: outsideProviders.list }));
    // Signatures cannot be guessed, so failures need no growing wait. This limits how much is written.
    if (!(await admitAnswer(networkOf(address)))) return refuse(429, words.tooManyAttempts);
    const interaction = details.uid;
    const outcome = await verifyPasskey(em, { publicUrl, interaction, response });
    const { userId, isRight, isCloned } = outcome;
    if (!userId || !isRight) {
      log.warn({ userId, isCloned, address }, 'passkey refused');
      const subject = isCloned ? 'passkey: it seems to be copied' : 'passkey';
      if (userId)
        await recordAuditEvent(em, { kind: 'SIGN_IN_FAILED', actorId: userId, address, subject });
      return refuse(401, words.passkeyRefused);
    }
    return finishSignIn(req, res, services, { accountId: userId, method: PASSKEY });
  });
  return router;
}
