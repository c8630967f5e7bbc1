import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

import { createUser } from '../accounts/create-user.ts';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import type { OutsidePerson } from '../identity-providers/outside-outcome.ts';
import type { Words } from '../pages/words/en.ts';
import { findByEmail } from '../users/find-by-email.ts';
import type { User } from '../users/user.ts';
import { ConnectedAccount } from './connected-account.ts';

interface Circumstances {
  readonly words: Words;
  /** Name of the provider. */
  readonly name: string;
  /** Network address of the person. */
  readonly address: string;
}

type Found =
  | { readonly accountId: string; readonly connected?: User }
  | { readonly refusal: 'NO_EMAIL' | 'EMAIL_TAKEN' };

/**
 * The account of a person at an outside provider: the connected one; or the one with the same e-mail address, if both sides have
 * verified it; or a new one.
 * @returns `connected` when an existing account was connected by this call.
 */
export async function findAccount(
  em: EntityManager,
  person: OutsidePerson,
  circumstances: Circumstances,
): Promise<Found> {
  const { provider, subject, email, emailVerified } = person;
  const known = await em.findOne(ConnectedAccount, { provider, subject });
  if (known) return { accountId: known.user.id };
  if (!email || !emailVerified) return { refusal: 'NO_EMAIL' };
  const user = await findByEmail(em, email);
  if (!user) return create(em, { ...person, email }, circumstances);
  // An account with an unverified address may belong to an attacker, so the owner of the address must not use it.
  if (!user.emailVerifiedAt) return { refusal: 'EMAIL_TAKEN' };
  try {
    await em.transactional((transaction) => connect(transaction, user.id, person, circumstances));
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    // A concurrent sign-in was faster: the connection now exists.
    return findAccount(em.fork(), person, circumstances);
  }
  return { accountId: user.id, connected: user };
}

/**
 * Lets the person of an outside provider sign in to an account.
 * @throws {UniqueConstraintViolationException} when they are connected to an account already.
 */
export async function connect(
  em: EntityManager,
  userId: string,
  { provider, subject, email }: OutsidePerson,
  { name, address }: Pick<Circumstances, 'name' | 'address'>,
): Promise<void> {
  const createdAt = new Date();
  const connection = {
    id: crypto.randomUUID(),
    user: userId,
    provider,
    subject,
    email: email ?? null,
    createdAt,
  };
  await em.insert(ConnectedAccount, connection);
  const event = { actorId: userId, address, subject: email ? `${name}: ${email}` : name };
  await recordAuditEvent(em, { kind: 'ACCOUNT_CONNECTED', ...event });
}

async function create(
  em: EntityManager,
  person: OutsidePerson & { readonly email: string },
  circumstances: Circumstances,
): Promise<Found> {
  const { words, address } = circumstances;
  const { email } = person;
  const displayName = person.displayName ?? email.slice(0, email.indexOf('@')).slice(0, 80);
  const account = {
    email,
    displayName,
    address,
    isEmailVerified: true,
    language: words.language,
    workspaceName: words.workspaceOf(displayName),
  };
  const user = await createUser(em, account, (transaction, { id }) =>
    connect(transaction, id, person, circumstances),
  );
  // A concurrent request was faster: the account or the connection now exists.
  return user ? { accountId: user.id } : findAccount(em.fork(), person, circumstances);
}
