import { DomainError, type ErrorReason, isUuid, readName } from '@affluent/subgraph';
import type { EntityManager } from '@mikro-orm/postgresql';

import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { checkScopes } from '../oauth-clients/client-settings.ts';
import { digestOf, newSecret } from '../secrets/secret.ts';
import { lockUser } from '../users/lock-user.ts';
import { AccessToken } from './access-token.ts';

/** Lets people and secret scanners recognize a token. */
const PREFIX = 'aff_pat_';
const MAX_LIVING = 100;
const MAX_DAYS = 365;
const DAY_MILLISECONDS = 24 * 3_600_000;

interface NewAccessToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresInDays: number;
}

/** A person's tokens that are neither revoked nor expired. */
export const livingOf = (userId: string) => ({
  user: userId,
  revokedAt: null,
  expiresAt: { $gt: new Date() },
});

/** Creates a token; its text is not stored. @throws {DomainError} BAD_USER_INPUT, or CONFLICT when there are too many. */
export async function createAccessToken(
  em: EntityManager,
  userId: string,
  { expiresInDays, ...input }: NewAccessToken,
): Promise<{ readonly accessToken: AccessToken; readonly token: string }> {
  const name = readName(input.name, {
    what: 'The name of an access token',
    maxLength: 80,
    reason: 'ACCESS_TOKEN_NAME',
  });
  const scopes = checkScopes(input.scopes);
  if (scopes.length === 0) throw badInput('ACCESS_TOKEN_SCOPES', 'An access token needs a scope.');
  if (expiresInDays < 1 || expiresInDays > MAX_DAYS) {
    throw badInput('ACCESS_TOKEN_LIFETIME', `An access token lives for 1 to ${MAX_DAYS} days.`);
  }
  const token = `${PREFIX}${newSecret()}`;
  const accessToken = await em.transactional(async (transaction) => {
    const user = await lockUser(transaction, userId);
    if ((await transaction.count(AccessToken, livingOf(userId))) >= MAX_LIVING) {
      throw new DomainError('CONFLICT', `You have ${MAX_LIVING} access tokens; revoke one first.`, {
        reason: 'TOO_MANY_ACCESS_TOKENS',
      });
    }
    const createdAt = new Date();
    await recordAuditEvent(transaction, {
      kind: 'ACCESS_TOKEN_CREATED',
      actorId: userId,
      subject: name,
    });
    return transaction.create(AccessToken, {
      id: crypto.randomUUID(),
      user,
      name,
      digest: digestOf(token),
      scopes,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + expiresInDays * DAY_MILLISECONDS),
    });
  });
  return { accessToken, token };
}

/** False when the person has no such living token. */
export async function revokeAccessToken(
  em: EntityManager,
  userId: string,
  id: string,
): Promise<boolean> {
  if (!isUuid(id)) return false;
  return em.transactional(async (transaction) => {
    const token = await transaction.findOne(AccessToken, { ...livingOf(userId), id });
    if (!token) return false;
    token.revokedAt = new Date();
    await recordAuditEvent(transaction, {
      kind: 'ACCESS_TOKEN_REVOKED',
      actorId: userId,
      subject: token.name,
    });
    return true;
  });
}

const badInput = (reason: ErrorReason, message: string): DomainError =>
  new DomainError('BAD_USER_INPUT', message, { reason });
