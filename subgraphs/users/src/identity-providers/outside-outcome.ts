import { defineEntity, p } from '@mikro-orm/core';
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

import { digestOf, newSecret } from '../secrets/secret.ts';
import { type OutsideFlow, OutsidePurpose } from './outside-flow.ts';

const OutsideOutcomeSchema = defineEntity({
  name: 'OutsideOutcome',
  tableName: 'outside_outcomes',
  properties: {
    stateDigest: p.text().primary(),
    ticketDigest: p.text(),
    purpose: p.enum(() => OutsidePurpose),
    purposeId: p.text(),
    provider: p.text(),
    subject: p.text(),
    email: p.text().nullable(),
    emailVerified: p.boolean(),
    displayName: p.text().nullable(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** The person that an outside provider identified, stored for the interaction or session that began the flow. Single use. */
export class OutsideOutcome extends OutsideOutcomeSchema.class {}
OutsideOutcomeSchema.setClass(OutsideOutcome);

/** A person at an outside provider. */
export type OutsidePerson = Pick<
  OutsideOutcome,
  'provider' | 'subject' | 'email' | 'emailVerified' | 'displayName'
>;

const LIFE_MILLISECONDS = 10 * 60_000;

/**
 * Stores the outcome of a flow.
 * @returns a secret that only the browser at the callback learns; undefined when the flow has already ended.
 */
export async function keepOutcome(
  em: EntityManager,
  { state, purpose, purposeId }: OutsideFlow,
  person: OutsidePerson,
): Promise<string | undefined> {
  const ticket = newSecret();
  const expiresAt = new Date(Date.now() + LIFE_MILLISECONDS);
  const digests = { stateDigest: digestOf(state), ticketDigest: digestOf(ticket) };
  try {
    await em.insert(OutsideOutcome, { ...digests, ...person, purpose, purposeId, expiresAt });
    return ticket;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return undefined;
    throw error;
  }
}

interface Claim extends Pick<OutsideOutcome, 'purpose' | 'purposeId' | 'provider'> {
  readonly ticket: string;
}

const usable = ({ ticket, purpose, purposeId, provider }: Claim) => ({
  ticketDigest: digestOf(ticket),
  purpose,
  purposeId,
  provider,
  usedAt: null,
  expiresAt: { $gt: new Date() },
});

/** The outcome, without using it. Null when it is another claim's, used or expired. */
export const findOutcome = (em: EntityManager, claim: Claim): Promise<OutsideOutcome | null> =>
  em.findOne(OutsideOutcome, usable(claim));

/**
 * Uses the outcome. The ticket proves the browser that returned from the provider; the purpose id, which the caller has verified,
 * proves the interaction or session that began. Both are needed.
 */
export async function takeOutcome(em: EntityManager, claim: Claim): Promise<OutsideOutcome | null> {
  const found = await findOutcome(em, claim);
  const taken = await em.nativeUpdate(OutsideOutcome, usable(claim), { usedAt: new Date() });
  return taken > 0 ? found : null;
}
