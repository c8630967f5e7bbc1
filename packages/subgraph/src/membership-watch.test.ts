import { createTokenVerifier, type Identity } from '@affluent/service';
import { expect, test, vi } from 'vitest';

import { createMembershipWatch } from './membership-watch.ts';
import { untilReturned } from './notifications/until-returned.ts';
import { startUsersNeighbour } from './testing/neighbours.ts';

const PUBLIC_URL = 'http://localhost:4000';
const workspaceId = crypto.randomUUID();

/** Somebody with a membership, and what guards their subscriptions. */
async function begin(users: Awaited<ReturnType<typeof startUsersNeighbour>>) {
  const userId = crypto.randomUUID();
  users.join(userId, workspaceId, 'VIEWER');
  const verify = createTokenVerifier({ publicUrl: PUBLIC_URL, usersUrl: users.url });
  const identity = (await verify(`Bearer ${await users.tokenFor(userId)}`)) as Identity;
  const onChange = vi.fn<(token: string) => void>();
  const patienceMilliseconds = 500;
  const whileMember = createMembershipWatch({
    usersUrl: users.url,
    onChange,
    patienceMilliseconds,
  });
  return {
    token: identity.token,
    guard: (source = silent()) => whileMember(identity, workspaceId, source),
    /** Comes back when the users subgraph has told what the memberships are. */
    told: () => vi.waitFor(() => expect(onChange).toHaveBeenCalled()),
    connections: (count: number) => vi.waitFor(() => expect(users.watchers().size).toBe(count)),
    leave: () => users.leave(userId, workspaceId),
    endTokens: () => users.endTokens(userId),
    onChange,
  };
}

/** What has nothing to tell until it is left. */
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
  const { guard, told, connections, leave } = await begin(users);
  const [first, second] = [guard(), guard()];
  const waiting = [first.next(), second.next()];
  await told();
  expect(users.watchers().size).toBe(1);
  await first.return?.();
  expect(users.watchers().size).toBe(1);
  await second.return?.();
  expect(await Promise.all(waiting)).toEqual([OVER, OVER]);
  await connections(0);
  const later = guard().next();
  leave();
  await expect(later).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await connections(0);
});

test('a source that fails by itself closes the connection too', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, told, connections } = await begin(users);
  const guarded = guard(
    untilReturned(async function* fail() {
      await told();
      yield 1;
      throw new Error('The table is gone.');
    }),
  );
  expect(await guarded.next()).toEqual({ done: false, value: 1 });
  await expect(guarded.next()).rejects.toThrow('The table is gone.');
  await connections(0);
});

test('what was missed while the connection was lost is told when it is back', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, told, leave } = await begin(users);
  const next = guard().next();
  await told();
  for (const socket of users.watchers()) socket.terminate();
  leave();
  await expect(next).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('the end of the token ends the subscription, and is told to the cache', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, told, endTokens, onChange, token } = await begin(users);
  const next = guard().next();
  await told();
  onChange.mockClear();
  endTokens();
  await expect(next).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(onChange.mock.calls).toEqual([[token]]);
});

test('when the users subgraph hangs, nothing is allowed any longer', async () => {
  await using users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, told } = await begin(users);
  const next = guard().next();
  await told();
  // The connection stands, and nobody reads what comes.
  for (const socket of users.watchers()) socket.pause();
  await expect(next).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('when the users subgraph is gone, nothing is allowed any longer, and subscribers may leave', async () => {
  const users = await startUsersNeighbour(PUBLIC_URL);
  const { guard, told } = await begin(users);
  const [staying, leaving] = [guard(), guard()];
  const waiting = [staying.next(), leaving.next()];
  await told();
  await users[Symbol.asyncDispose]();
  await leaving.return?.();
  expect(await waiting[1]).toEqual(OVER);
  await expect(waiting[0]).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const alone = guard();
  const unheard = alone.next();
  await alone.return?.();
  expect(await unheard).toEqual(OVER);
});
