import { createTokenVerifier, type Identity } from '@affluent/service';
import { expect, test, vi } from 'vitest';

import { createMembershipWatch } from './membership-watch.ts';
import { untilReturned } from './notifications/until-returned.ts';
import { startUsersNeighbour } from './testing/neighbours.ts';

const PUBLIC_URL = 'http://localhost:4000';
const workspaceId = crypto.randomUUID();

/** A member, and the guard of their subscriptions. The patience outlasts a test unless the test is about it. */
async function begin(
  users: Awaited<ReturnType<typeof startUsersNeighbour>>,
  patienceMilliseconds = 60_000,
) {
  const userId = crypto.randomUUID();
  users.join(userId, workspaceId, 'VIEWER');
  const verify = createTokenVerifier({ publicUrl: PUBLIC_URL, usersUrl: users.url });
  const identity = (await verify(`Bearer ${await users.tokenFor(userId)}`)) as Identity;
  const onChange = vi.fn<(token: string) => void>();
  const whileMember = createMembershipWatch({
    usersUrl: users.url,
    onChange,
    patienceMilliseconds,
  });
  return {
    token: identity.token,
    guard: (source = silent()) => whileMember(identity, workspaceId, source),
    /** Resolves once the users subgraph has sent the memberships. */
    untilKnown: async () => {
      await expect.poll(() => onChange.mock.calls.length).toBeGreaterThan(0);
    },
    untilConnections: async (count: number) => {
      await expect.poll(() => users.watchers().size).toBe(count);
    },
    leave: () => users.leave(userId, workspaceId),
    endTokens: () => users.endTokens(userId),
    onChange,
  };
}

/** A source without events. */
const silent = () =>
  untilReturned(async function* wait(signal) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    if (!signal.aborted) yield 0;
  });

const OVER = { done: true, value: undefined };

test('subscriptions of one token share a connection, which closes with the last of them', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown, untilConnections, leave } = await begin(users);
  const [first, second] = [guard(), guard()];
  const waiting = [first.next(), second.next()];
  await untilKnown();
  expect(users.watchers().size).toBe(1);
  await first.return?.();
  expect(users.watchers().size).toBe(1);
  await second.return?.();
  expect(await Promise.all(waiting)).toEqual([OVER, OVER]);
  await untilConnections(0);
  const later = guard().next();
  leave();
  await expect(later).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await untilConnections(0);
});

test('a source that fails by itself closes the connection too', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown, untilConnections } = await begin(users);
  const guarded = guard(
    untilReturned(async function* fail() {
      await untilKnown();
      yield 1;
      throw new Error('The table is gone.');
    }),
  );
  expect(await guarded.next()).toEqual({ done: false, value: 1 });
  await expect(guarded.next()).rejects.toThrow('The table is gone.');
  await untilConnections(0);
});

test('a change during a lost connection counts once it is back', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown, leave } = await begin(users);
  const next = guard().next();
  await untilKnown();
  for (const socket of users.watchers()) socket.terminate();
  leave();
  await expect(next).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('the end of the token ends the subscription and clears the cache', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown, endTokens, onChange, token } = await begin(users);
  const next = guard().next();
  await untilKnown();
  onChange.mockClear();
  endTokens();
  await expect(next).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(onChange.mock.calls).toEqual([[token]]);
});

test('when the users subgraph hangs, open subscriptions end', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown } = await begin(users, 2_000);
  const next = guard().next();
  await untilKnown();
  // The connection stays open, and the server reads nothing.
  for (const socket of users.watchers()) socket.pause();
  await expect(next).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('when the users subgraph is gone, open subscriptions end, and subscribers may leave before', async () => {
  const users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, untilKnown } = await begin(users, 5_000);
  const [staying, leaving] = [guard(), guard()];
  const waiting = [staying.next(), leaving.next()];
  await untilKnown();
  await users[Symbol.asyncDispose]();
  await leaving.return?.();
  expect(await waiting[1]).toEqual(OVER);
  await expect(waiting[0]).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const alone = guard();
  const unheard = alone.next();
  await alone.return?.();
  expect(await unheard).toEqual(OVER);
});
