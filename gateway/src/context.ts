import type { Identity } from '@affluent/service';

/** What travels with an operation through the gateway. */
export interface GatewayContext {
  readonly identity: Identity | undefined;
  readonly requestId: string;
  /** {@link Caller.forget}: for when a subgraph refuses the identity. */
  readonly forget: () => Promise<void>;
}
