import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type AuthenticationResponseJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';

import { useChallenge } from './passkey-challenge.ts';
import { Passkey } from './passkey.ts';
import { relyingPartyOf } from './relying-party.ts';

interface Attempt {
  readonly publicUrl: string;
  /** Of the identity provider, that the challenge was made for. */
  readonly interaction: string;
  readonly response: AuthenticationResponseJSON;
}

interface Outcome {
  /** Whose passkey it is, if it is one of ours. */
  readonly userId?: string;
  readonly isRight: boolean;
  /** A copy of the passkey is about: its counter did not grow. */
  readonly isCloned?: boolean;
}

/** Checks what an authenticator signed: a challenge of this interaction, for this origin, by a person it has recognised. */
export async function verifyPasskey(
  em: EntityManager,
  { publicUrl, interaction, response }: Attempt,
): Promise<Outcome> {
  const passkey = await em.findOne(Passkey, { credentialId: response.id }, { populate: ['user'] });
  if (!passkey) return { isRight: false };
  const { id, user, credentialId, publicKey } = passkey;
  const { origin, id: rpID } = relyingPartyOf(publicUrl);
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) =>
      useChallenge(em, challenge, { purpose: 'SIGN_IN', subject: interaction }),
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    // Whether the counter has grown is decided below, by the database, for two sign-ins at once as well.
    credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
  }).catch(() => undefined);
  // No passkey was asked for by its name, so the authenticator has to say whose it is.
  const handle = response.response.userHandle ?? '';
  const isTheirs = Buffer.from(handle, 'base64url').toString() === user.id;
  if (!verified?.verified || !isTheirs) return { userId: user.id, isRight: false };
  const { newCounter: counter, credentialBackedUp: isBackedUp } = verified.authenticationInfo;
  const grown = counter === 0 ? { counter: 0 } : { counter: { $lt: counter } };
  const lastUsedAt = new Date();
  const updated = await em.nativeUpdate(
    Passkey,
    { id, ...grown },
    { counter, isBackedUp, lastUsedAt },
  );
  return { userId: user.id, isRight: updated === 1, isCloned: updated === 0 };
}
