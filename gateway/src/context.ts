import type { Identity } from '@affluent/service';

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  readonly identity: Identity | undefined;
  readonly requestId: string;
  /** When the answer is of no use any more, in milliseconds since 1970. Absent: the usual time from each fetch on. */
  readonly deadline?: number;
  /** {@link Caller.forget}: for when a subgraph refuses the identity. */
  readonly forget: () => Promise<void>;
}
