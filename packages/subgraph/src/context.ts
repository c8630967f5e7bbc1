import type { Identity, Logger, ServiceIdentity } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import { DomainError } from './errors.ts';

/** The work of one request, which is cancelled when its caller disconnects. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** From now on the work is not cancelled. */
  readonly ignore: () => void;
}

/** The context of every resolver of every subgraph. */
export interface SubgraphContext {
  /** The request's own unit of work; in a subscription, a new one at each access. */
  readonly em: EntityManager;
  /**
   * Reads again which rows the caller may access through `em`. Long work must not rely on the answer from its start.
   * @throws {DomainError} when the caller no longer has access.
   */
  readonly renewRowAccess: () => Promise<void>;
  /** When the request was received, by `performance.now()`. */
  readonly receivedAt: number;
  /** The person. Undefined when the caller is not signed in, who reaches only the open root fields, and for services. */
  readonly identity: Identity | undefined;
  /** Set when another of our services calls on its own behalf. It reaches only fields that require the scope `service`. */
  readonly service: ServiceIdentity | undefined;
  readonly log: Logger;
  /** Set for requests over HTTP. It also cancels the statements of `em`. */
  readonly cancellation?: Cancellation;
  /** Set by a subscription that can be resumed: the cursor at which it starts. */
  startCursor?: string;
  /** Sent along with a subscription: the caller's trace. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The person who calls.
 * @throws {DomainError} UNAUTHENTICATED when the caller is not signed in, or is a service.
 */
export function identityOf({ identity }: Pick<SubgraphContext, 'identity'>): Identity {
  if (!identity) throw new DomainError('UNAUTHENTICATED', 'Sign in to do this.');
  return identity;
}
