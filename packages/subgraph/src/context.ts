import type { Identity, Logger } from '@affluent/service';
import type { EntityManager } from '@mikro-orm/postgresql';

import type { Cancellation } from './cancellation.ts';
import { DomainError } from './errors.ts';

/** What every resolver of every subgraph gets. */
export interface SubgraphContext {
  /** The request's own unit of work; in a subscription, a new one at each access. */
  readonly em: EntityManager;
  /**
   * Reads afresh which rows the caller may have, for `em`: what goes on for long is not to go by what was so at its start.
   * @throws {DomainError} when the caller has no access any more.
   */
  readonly renewRowAccess: () => Promise<void>;
  /** When the request came in, of `performance.now()`. */
  readonly receivedAt: number;
  /** Absent when nobody is signed in: only the open root fields run then. */
  readonly identity: Identity | undefined;
  readonly log: Logger;
  /** Of a request over HTTP. The statements of `em` are cancelled with it. */
  readonly cancellation?: Cancellation;
  /** Set by a subscription that can be resumed: the cursor that it begins at. */
  startCursor?: string;
  /** What came along with a subscription: the caller's trace. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Who calls.
 * @throws {DomainError} UNAUTHENTICATED when nobody is signed in.
 */
export function identityOf({ identity }: Pick<SubgraphContext, 'identity'>): Identity {
  if (!identity) throw new DomainError('UNAUTHENTICATED', 'Sign in to do this.');
  return identity;
}
