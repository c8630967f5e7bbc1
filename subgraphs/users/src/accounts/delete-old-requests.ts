import type { EntityManager } from '@mikro-orm/postgresql';

import { CountedAttempt } from '../attempts/counted-attempt.ts';
import { OutsideOutcome } from '../identity-providers/outside-outcome.ts';
import { EmailToken } from './email-token.ts';
import { SignUpRequest } from './sign-up-request.ts';

/** Deletes expired links, sign-ups, outcomes and counted attempts. */
export async function deleteOldRequests(em: EntityManager): Promise<void> {
  const expiresAt = { $lt: new Date() };
  await em.nativeDelete(EmailToken, { expiresAt });
  await em.nativeDelete(SignUpRequest, { expiresAt });
  await em.nativeDelete(OutsideOutcome, { expiresAt });
  await em.nativeDelete(CountedAttempt, { expiresAt });
}
