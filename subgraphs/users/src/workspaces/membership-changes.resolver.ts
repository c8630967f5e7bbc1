import { Authenticated, DomainError, identityOf, untilReturned } from '@affluent/subgraph';
import { Resolver, Root, Subscription } from 'type-graphql';

import type { Context } from '../context.ts';
import { Membership } from '../memberships/membership.ts';
import { isTokenAlive } from '../oidc-store/token-liveness.ts';

/** Announced by triggers with the user's id: when a membership of theirs changes, or what a token of theirs stands on ends. */
export const ACCESS_CHANGED = 'access_changed';

@Resolver()
export class MembershipChangesResolver {
  @Subscription(() => [Membership], {
    description:
      'The caller’s memberships, oldest first: the present ones, and all of them again whenever one changes. Ends with UNAUTHENTICATED when the token or its grant is ended.',
    subscribe: ({ context }) => watchMemberships(context as Context),
  })
  @Authenticated()
  membershipsChanged(@Root() memberships: Membership[]): Membership[] {
    return memberships;
  }
}

function watchMemberships(context: Context): AsyncIterableIterator<Membership[], void> {
  const identity = identityOf(context);
  const { userId } = identity;
  return untilReturned(async function* memberships(signal) {
    let last: string | undefined;
    for await (const _ of context.notifications.wakeUps(ACCESS_CHANGED, userId, signal)) {
      const em = context.em.fork();
      if (!(await isTokenAlive(em, identity)))
        throw new DomainError('UNAUTHENTICATED', 'The access token has been ended.');
      const present = await em.find(
        Membership,
        { user: userId },
        { populate: ['workspace', 'user'], orderBy: { createdAt: 'asc' } },
      );
      const seen = JSON.stringify(
        present.map(({ role, workspace: { id, name } }) => [role, id, name]),
      );
      if (seen !== last) yield present;
      last = seen;
    }
  });
}
