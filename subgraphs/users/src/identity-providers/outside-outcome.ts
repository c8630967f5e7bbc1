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

/** Whom an outside provider named, kept for the interaction or session that had asked. Good for one use. */
export class OutsideOutcome extends OutsideOutcomeSchema.class {}
OutsideOutcomeSchema.setClass(OutsideOutcome);

/** Whom a provider named. */
export type OutsidePerson = Pick<
  OutsideOutcome,
  'provider' | 'subject' | 'email' | 'emailVerified' | 'displayName'
>;

const LIFE_MILLISECONDS = 10 * 60_000;

/**
 * Keeps whom a provider named at the end of a way.
 * @returns a secret that only the browser at the callback learns; undefined when this way has ended before.
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

/** Without using it up. Null when it is somebody else's, used or expired. */
export const findOutcome = (em: EntityManager, claim: Claim): Promise<OutsideOutcome | null> =>
  em.findOne(OutsideOutcome, usable(claim));

/**
 * Uses it up. The ticket proves the browser that came back from the provider, and whoever calls has proved the interaction
 * or session that set out: whoever has only one of them gets nothing.
 */
export async function takeOutcome(em: EntityManager, claim: Claim): Promise<OutsideOutcome | null> {
  const found = await findOutcome(em, claim);
  const taken = await em.nativeUpdate(OutsideOutcome, usable(claim), { usedAt: new Date() });
  return taken > 0 ? found : null;
}
