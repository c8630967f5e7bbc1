import { DomainError, identityOf } from '@affluent/subgraph';
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';

import { assertRecentSignIn } from '../accounts/assert-recent-sign-in.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { Context } from '../context.ts';
import { lockUser } from '../users/lock-user.ts';
import { User } from '../users/user.ts';
import { keepChallenge, useChallenge } from './passkey-challenge.ts';
import { readPasskeyName } from './passkey-name.ts';
import { Passkey } from './passkey.ts';
import { relyingPartyOf } from './relying-party.ts';

const MAX_PASSKEYS = 20;

/** At most 1023 bytes (WebAuthn). */
const credentialId = z.string().regex(/^[\w-]{1,1364}$/);

/** How the browser reaches the authenticator, as it claims: unverified, and optional. */
const transports = z
  .array(z.string().regex(/^[a-z-]{1,20}$/))
  .max(10)
  .catch([]);

/** Options with which a browser creates a passkey: discoverable, with user verification. */
export async function startRegistration(context: Context): Promise<object> {
  const { em, publicUrl } = context;
  const { userId } = identityOf(context);
  await assertRecentSignIn(em, identityOf(context));
  const user = await em.findOneOrFail(User, userId);
  const present = await em.find(Passkey, { user });
  const { id: rpID, name: rpName } = relyingPartyOf(publicUrl);
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userID: new TextEncoder().encode(userId),
    userName: user.email,
    userDisplayName: user.displayName,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: present.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports,
    })),
  });
  await keepChallenge(em, options.challenge, { purpose: 'REGISTER', subject: userId });
  return options;
}

/** @throws {DomainError} BAD_USER_INPUT for a response that does not hold, CONFLICT for a passkey that is known or too many, RECENT_SIGN_IN_REQUIRED. */
export async function finishRegistration(
  context: Context,
  wantedName: string,
  response: RegistrationResponseJSON,
): Promise<Passkey> {
  const name = readPasskeyName(wantedName);
  const { userId } = identityOf(context);
  await assertRecentSignIn(context.em, identityOf(context));
  const { origin, id: rpID } = relyingPartyOf(context.publicUrl);
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) =>
      useChallenge(context.em, challenge, { purpose: 'REGISTER', subject: userId }),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch((cause: unknown) => {
    throw new DomainError('BAD_USER_INPUT', 'The passkey was not accepted. Start again.', {
      reason: 'PASSKEY_REFUSED',
      cause,
    });
  });
  if (
    !verified.verified ||
    !credentialId.safeParse(verified.registrationInfo.credential.id).success
  )
    throw new DomainError('BAD_USER_INPUT', 'The passkey was not accepted. Start again.', {
      reason: 'PASSKEY_REFUSED',
    });
  const { credential, credentialBackedUp: isBackedUp } = verified.registrationInfo;
  try {
    const added = await context.em.fork().transactional(async (em) => {
      const user = await lockUser(em, userId);
      if ((await em.count(Passkey, { user })) >= MAX_PASSKEYS)
        throw new DomainError(
          'CONFLICT',
          `There are ${MAX_PASSKEYS} passkeys already. Remove one first.`,
          {
            reason: 'TOO_MANY_PASSKEYS',
          },
        );
      const passkey = em.create(Passkey, {
        id: crypto.randomUUID(),
        user,
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: transports.parse(credential.transports),
        name,
        isBackedUp,
        createdAt: new Date(),
      });
      await em.flush();
      await recordAuditEvent(em, { kind: 'PASSKEY_ADDED', actorId: userId, subject: name });
      return passkey;
    });
    await notifyOwner(context, 'passkeyAdded');
    return added;
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('CONFLICT', 'This passkey is registered already.', {
      reason: 'PASSKEY_KNOWN',
      cause: error,
    });
  }
}
