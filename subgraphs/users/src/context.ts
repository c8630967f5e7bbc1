import type { NotificationHub, SubgraphContext } from '@affluent/subgraph';
import type { default as Provider } from 'oidc-provider';

import type { OutsideProviders } from './identity-providers/outside-providers.ts';
import type { Mailer } from './mail/mailer.ts';
import { type VisibleMemberships, visibleMemberships } from './memberships/visible-memberships.ts';
import type { FetchLogo } from './oauth-clients/logos/fetch-logo.ts';

/** What the resolvers of this subgraph use beside the database. */
export interface Services {
  /** The origin that people open. */
  readonly publicUrl: string;
  readonly provider: Provider;
  readonly mailer: Mailer;
  readonly notifications: NotificationHub;
  readonly outsideProviders: OutsideProviders;
  readonly fetchLogo: FetchLogo;
}

export interface Context extends SubgraphContext, Services {
  readonly memberships: VisibleMemberships;
}

/** Adds what a request needs. Assigned, not spread: in a subscription `em` is a getter. */
export const createContext =
  (services: Services) =>
  (context: SubgraphContext): Context =>
    Object.assign(context, services, { memberships: visibleMemberships(context) });
